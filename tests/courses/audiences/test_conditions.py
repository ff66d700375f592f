"""Conditions on what people have learnt."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from courses.audiences.actions import describe, people_matching
from courses.audiences.conditions import CONDITIONS
from courses.models import Teaches
from tests.factories.courses import CompetencyFactory, CourseFactory, EnrolmentFactory
from trainingsite.people.access.roles import Role

TODAY = date(2026, 6, 1)
DONE = datetime(2026, 5, 1, tzinfo=UTC)


def names(kind, value):
    return sorted(person.name for person in people_matching([{"kind": kind, "value": value}], on=TODAY))


@pytest.fixture
def courses(hire):
    """甲 completed both courses, 乙 one of them and has the other open, 丙 none."""
    both = [CourseFactory(title="退货"), CourseFactory(title="换货")]
    first, second, _third = hire(name="甲"), hire(name="乙"), hire(name="丙")
    for course in both:
        EnrolmentFactory(person=first, course=course, completed_at=DONE)
    EnrolmentFactory(person=second, course=both[0], completed_at=DONE)
    EnrolmentFactory(person=second, course=both[1])
    return both


def test_courses_completed_and_not(courses):
    one, both = [courses[0].pk], [course.pk for course in courses]

    assert (names("completed", one), names("completed", both)) == (["乙", "甲"], ["甲"])
    assert (names("not_completed", one), names("not_completed", both)) == (["丙"], ["丙", "乙"])
    assert names("learning", both) == ["乙"]


def test_competency_not_yet_taught_to_a_level(courses):
    competency = CompetencyFactory()
    Teaches.objects.create(course=courses[0], competency=competency, level=2)
    Teaches.objects.create(course=courses[1], competency=competency, level=3)

    found = {level: names("not_taught", {"competency": competency.pk, "level": level}) for level in (1, 3, 4)}

    assert found == {1: ["丙"], 3: ["丙", "乙"], 4: ["丙", "乙", "甲"]}


def test_role_and_manager(hire):
    lead = hire(Role.SUPERVISOR, name="组长")
    hire(name="组员", manager=lead)

    assert (names("role", ["supervisor"]), names("manager", lead.pk)) == (["组长"], ["组员"])


def test_words(courses, hire):
    competency = CompetencyFactory(title="同理心")
    rule = [
        {"kind": "completed", "value": [courses[0].pk]},
        {"kind": "not_taught", "value": {"competency": competency.pk, "level": 2}},
        {"kind": "role", "value": ["trainee"]},
    ]

    with translation.override("en"):
        assert describe(rule) == "completed “退货”; not yet taught 同理心 to level 2; role: Trainee"


@pytest.mark.parametrize("kind", list(CONDITIONS))
def test_every_condition_has_a_field_and_refuses_nonsense(db, kind):
    condition = CONDITIONS[kind]

    assert str(condition.field().label) == str(condition.label)
    for nonsense in (None, {}, "x", [[]]):
        with pytest.raises((KeyError, TypeError, ValueError)):
            condition.q(nonsense, TODAY)
