"""How many people are below what their jobs ask, and who they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.matrix.columns import columns
from assessments.matrix.gaps import Tally, below, gaps_of, needs_by_job
from assessments.profiles.fitting import asked_on
from tests.assessments.matrix.standing import level, levels
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.profiles import MAY, need, profile_of
from trainingsite.people.models import Position, User


def asked():
    return asked_on(Position.objects.values("pk"), MAY)


def found(**more):
    return {
        gap.column.code: (gap.tally, gap.places) for gap in gaps_of(columns(), User.objects.by_name(), asked(), **more)
    }


def test_people_are_counted_by_competency_and_department(desk, empathy, disputes, company):
    levels([(desk["安琪"], empathy, 3), (desk["边城"], empathy, 1), (desk["安琪"], disputes, 1)])
    care, team = company["care"].pk, company["disputes"].pk
    assert found() == {
        "disputes": (Tally(3, 3, 5), {care: Tally(2, 2, 3), team: Tally(1, 1, 2)}),
        "empathy": (Tally(3, 2, 5), {care: Tally(2, 1, 3), team: Tally(1, 1, 2)}),
    }
    assert list(found()) == ["disputes", "empathy"]


def test_who_is_above_the_need_fills_nobody_elses_gap(desk, empathy):
    levels([(desk["安琪"], empathy, 5), (desk["边城"], empathy, 5)])
    assert found()["empathy"][0] == Tally(3, 1, 3)


def test_a_profile_of_the_very_grade_goes_before_that_of_every_grade(desk, agent, empathy):
    profile_of(need(empathy, 5, 100), position=agent, grade="P4")
    User.objects.filter(pk=desk["安琪"].pk).update(grade="P4")
    level(desk["安琪"], empathy, 4)
    assert found()["empathy"][0] == Tally(3, 3, 7)
    assert found()["disputes"][0] == Tally(2, 2, 4)


def test_one_profile_alone(desk, profile, agent, empathy):
    other = profile_of(need(empathy, 5, 100), position=PositionFactory(name="投诉专员"))
    PersonFactory(position=other.position)
    assert found(profile=other.pk)["empathy"][0] == Tally(1, 1, 5)
    assert found(profile=profile.pk)["empathy"][0] == Tally(3, 3, 9)


def test_who_has_no_profile_has_no_gap(db, empathy):
    PersonFactory()
    assert found() == {}
    assert list(below(User.objects.all(), needs_by_job(User.objects.all(), asked(), empathy.pk), empathy.pk)) == []


def test_the_widest_gap_of_a_person_comes_first(desk, agent, empathy):
    profile_of(need(empathy, 5, 100), position=agent, grade="P4")
    User.objects.filter(pk=desk["蔡明"].pk).update(grade="P4")
    levels([(desk["安琪"], empathy, 2), (desk["蔡明"], empathy, 1)])
    people = User.objects.by_name()
    rows = below(people, needs_by_job(people, asked(), empathy.pk), empathy.pk)
    assert [(row.name, row.level, row.need, row.missing) for row in rows] == [
        ("蔡明", 1, 5, 4),
        ("边城", 0, 3, 3),
        ("安琪", 2, 3, 1),
    ]


def test_counts_and_people_agree(desk, agent, empathy, disputes):
    numbers = [None, 1, 2, 3, 4, 5]
    for number, one in enumerate(numbers):
        person = PersonFactory(position=agent, name=f"员工{number}")
        if one:
            levels([(person, empathy, one), (person, disputes, 6 - one)])
    people = User.objects.by_name()
    for gap in gaps_of(columns(), people, asked()):
        rows = below(people, needs_by_job(people, asked(), gap.column.pk), gap.column.pk)
        assert (rows.count(), sum(row.missing for row in rows)) == (gap.tally.below, gap.tally.missing)


@pytest.mark.parametrize("number", [1, 30])
def test_counting_takes_two_queries(desk, agent, empathy, number):
    for _ in range(number):
        level(PersonFactory(position=agent), empathy, 1)
    every, wanted = columns(), asked()
    with CaptureQueriesContext(connection) as made:
        gaps_of(every, User.objects.all(), wanted)
    assert len(made) == 2
