"""Leaving courses of a suggestion out."""

import pytest

from assessments.learning_paths.actions import accept
from assessments.learning_paths.choosing import of_use, ticked
from assessments.learning_paths.suggestions import suggest
from tests.factories.learning_paths import NOON


@pytest.fixture
def found(noon, jing, offered):
    return suggest(jing, NOON.date())


def names(steps):
    return [step.course.title for step in steps]


def test_what_only_a_left_out_course_needs_is_left_out_too(found, offered):
    assert names(of_use(found.steps, {offered.typing.pk, offered.basics.pk})) == ["打字提速"]
    assert names(of_use(found.steps, {offered.empathy.pk, offered.basics.pk})) == ["沟通基础", "共情进阶"]


def test_accepting_leaves_it_out(found, jing, offered):
    path = accept(jing, mark=found.mark, courses=[offered.typing.pk, offered.basics.pk], at=NOON)
    assert [step.course for step in path.steps.all()] == [offered.typing]


def test_a_course_that_is_ticked_again_brings_what_it_needs(found, offered):
    chosen = {offered.typing.pk, offered.empathy.pk}
    assert ticked(found.steps, chosen, offered.empathy.pk) == {*chosen, offered.basics.pk}


def test_a_needed_course_that_is_unticked_stays_so_until_it_is_asked_for(found, offered):
    chosen = {offered.typing.pk, offered.empathy.pk}
    assert ticked(found.steps, chosen, offered.basics.pk) == chosen
