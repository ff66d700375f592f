from datetime import date

import pytest

from mentoring.matching.rounds import Draft, open_round
from mentoring.models import Availability
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from tests.factories.profiles import competency, need, profile_of
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

HIRED = date(2024, 1, 1)
GAPS_ALONE = {"gaps": 100, "load": 0, "wishes": 0, "closeness": 0, "merit": 0}


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="陈人力", department="centre")


@pytest.fixture
def skills(db):
    """Three competencies of five levels, by code."""
    names = {"empathy": "同理心", "complaints": "投诉闭环", "typing": "打字速度"}
    return {code: competency(title, code=code) for code, title in names.items()}


@pytest.fixture
def position(skills):
    """A job that asks level 4 of empathy (50 %), 4 of complaints (30 %) and 2 of typing (20 %)."""
    weights = [("empathy", 4, 50), ("complaints", 4, 30), ("typing", 2, 20)]
    return profile_of(*[need(skills[code], level, weight) for code, level, weight in weights]).position


@pytest.fixture
def mentee(hire, position):
    """`mentee("王小明", shifts=["early"])`: a newcomer of 投诉专席 whose gaps are all that the job asks."""

    def make(name="王小明", *, department="disputes", shifts=(), languages=(), **fields):
        person = hire(department=department, name=name, **{"position": position} | fields)
        if shifts or languages:
            Availability.objects.create(person=person, shifts=list(shifts), languages=list(languages))
        return person

    return make


@pytest.fixture
def mentor(hire, skills):
    """`mentor("李静", "empathy", load=1)`: somebody who guides in these competencies."""

    def make(name="李静", *codes, department="disputes", load=0, shifts=(), languages=(), capacity=3, **fields):
        person = hire(Role.MENTOR, department=department, name=name, **{"hired_on": HIRED} | fields)
        MentorProfileFactory(person=person, competencies=[skills[code] for code in codes], capacity=capacity)
        for _ in range(load):
            PairingFactory(mentor=person)
        if shifts or languages:
            Availability.objects.create(person=person, shifts=list(shifts), languages=list(languages))
        return person

    return make


@pytest.fixture
def begin(hr, today):
    """`begin([mentees], {mentor: places}, gaps=100)`: a round that starts today."""

    def make(mentees, pool, *, template=None, goal="", starts_on=None, **criteria):
        draft = Draft(
            title="六月新人",
            starts_on=starts_on or today,
            pool={person.pk: places for person, places in pool.items()},
            criteria=criteria,
            template=template,
            goal=goal,
        )
        return open_round(draft, mentees, by=hr, on=today)

    return make


@pytest.fixture
def outcome():
    """`outcome(round)`: mentee → mentor, by name."""

    def read(matching):
        rows = matching.matches.select_related("mentee", "mentor").order_by("pk")
        return {row.mentee.name: row.mentor.name if row.mentor else None for row in rows}

    return read
