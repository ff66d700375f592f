"""What levels are expected to become of a path, and what came of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.learning_paths.actions import accept
from assessments.learning_paths.expecting import Prospect, looked_ahead, outlook_of
from assessments.learning_paths.shown import shown
from assessments.learning_paths.suggestions import suggest
from assessments.ratings.recording import Piece, record
from courses.enrolment.actions import complete_many
from courses.models import Competency
from tests.factories.learning_paths import NOON
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def typing(jing):
    return Competency.objects.get(code="typing")


@pytest.fixture
def show(jing, typing):
    """Evidence of typing with these scores, of yesterday."""

    def make(*scores):
        for number, score in enumerate(scores):
            record([Piece(jing.pk, typing.pk, "quiz", f"q{number}", "测验", Decimal(score), NOON - DAY)])

    return make


def moves_of(person, chosen=None):
    found = suggest(person, NOON.date())
    taken = {step.course.pk for step in found.steps} if chosen is None else {course.pk for course in chosen}
    rows = outlook_of(found, taken, NOON)
    return {
        step.course.title: [(move.after, move.expected, move.falls_short) for move in moves] for step, moves in rows
    }


@pytest.mark.parametrize(
    ("scores", "told"),
    [([], (3, 0, True)), ([40, 40, 40], (3, 1, True)), ([66], (3, 3, False))],
    ids=["first piece", "older evidence weighs down", "enough"],
)
def test_the_level_expected_is_that_of_the_rule_not_the_one_taught(noon, jing, offered, show, scores, told):
    show(*scores)
    assert moves_of(jing)["打字提速"] == [told]


def test_a_course_that_is_left_out_does_not_count_for_later_ones(noon, jing, offered, show, typing):
    prospect = Prospect(jing.pk, [typing.pk], NOON)
    assert prospect.level(typing.pk) == 0
    prospect.learn({typing.pk: 3})
    prospect.learn({typing.pk: 3, 0: 2})
    assert prospect.level(typing.pk) == 3
    assert moves_of(jing, [])["共情进阶"] == [(3, 0, True)]


def test_a_level_that_the_competency_has_not_teaches_nothing(noon, jing, typing):
    prospect = Prospect(jing.pk, [typing.pk], NOON)
    prospect.learn({typing.pk: 9})
    assert prospect.pieces == {typing.pk: []}


def test_a_course_that_is_done_says_what_came_of_it_and_that_more_is_needed(noon, jing, offered, show):
    found = suggest(jing, NOON.date())
    path = accept(jing, mark=found.mark, courses=[step.course.pk for step in found.steps], at=NOON)
    show(55)
    complete_many([(path.steps.first().enrolment, NOON)])
    first, _second, third = looked_ahead(shown([path])[0], NOON).steps
    assert [(move.held, move.expected, move.falls_short) for move in first.closes] == [(2, None, True)]
    assert first.falls_short
    assert [(move.held, move.expected) for move in third.closes] == [(0, 0)]
    assert not third.falls_short


def test_the_evidence_of_others_does_not_count(noon, jing, offered, hire, typing):
    other = hire(Role.TRAINEE)
    record([Piece(other.pk, typing.pk, "quiz", "q", "测验", Decimal(99), NOON - DAY)])
    assert moves_of(jing)["打字提速"] == [(3, 0, True)]
