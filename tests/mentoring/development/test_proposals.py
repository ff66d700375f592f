from datetime import date

import pytest

from courses.models import Teaches
from mentoring.development.proposals import Proposal, ideas, proposal, said_lately
from tests.factories.careers import StepFactory
from tests.factories.courses import CourseFactory, UnitFactory
from tests.factories.people import PositionFactory
from tests.factories.profiles import competency, need, profile_of
from tests.factories.ratings import NOON, rate, rating_rule
from tests.mentoring.development.conftest import TODAY
from trainingsite.people.access.roles import Role

LAST = date(2027, 6, 1)


@pytest.fixture
def agent(hire):
    return hire(department="disputes", name="王小明", position=PositionFactory(), grade="P2")


@pytest.fixture
def asked(agent):
    """Empathy at level 3, which a course teaches, and typing at level 2, which none does."""
    empathy, typing = competency("同理心"), competency("打字")
    profile_of(need(empathy, 3, 60), need(typing, 2, 40), position=agent.position)
    course = UnitFactory(course=CourseFactory(title="共情与情绪"), minutes=45).course
    Teaches.objects.create(course=course, competency=empathy, level=3)
    return course, empathy, typing


def test_gaps_give_courses_and_tasks(agent, asked):
    course, empathy, typing = asked

    found = ideas(agent, begins_on=TODAY, ends_on=LAST, on=TODAY)

    assert [(i.mark, i.draft.kind, i.draft.competency, i.draft.course, i.draft.due_on) for i in found] == [
        (f"course-{course.pk}", "course", empathy, course, date(2026, 6, 30)),
        (f"task-{typing.pk}", "task", typing, None, LAST),
    ]
    assert "同理心：0 级 → 3 级" in found[0].why


def test_without_a_profile_nothing_is_proposed(agent):
    assert ideas(agent, begins_on=TODAY, ends_on=LAST, on=TODAY) == []


def test_a_plan_begins_with_the_supervisor_and_the_next_step(agent, supervisor):
    StepFactory(from_position=agent.position, from_grade="P3")
    step = StepFactory(from_position=agent.position, from_grade="P2")

    assert proposal(agent, by=agent, on=TODAY) == Proposal(supervisor, TODAY, date(2027, 6, 1), "", step)


def test_hr_who_makes_it_is_the_partner_only_where_nobody_supervises(agent, hire):
    hr = hire(Role.HR)
    assert proposal(agent, by=hr, on=TODAY).partner == hr
    supervisor = hire(Role.SUPERVISOR, department="centre")
    assert proposal(agent, by=hr, on=TODAY).partner == supervisor


def test_what_was_said_lately_comes_from_people_alone(agent, hire):
    rating_rule()
    empathy, by = competency("同理心"), hire(Role.MENTOR)
    rate(agent, empathy, 72, source="assessment", by_id=by.pk, note="安抚到位")
    rate(agent, empathy, 90, source="api")
    rate(agent, empathy, 30, source="assessment", by_id=by.pk, at=NOON, ago=400)

    assert said_lately(agent, on=TODAY) == "2026年6月1日 · 同理心：72% · 安抚到位"
