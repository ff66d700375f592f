from datetime import timedelta

import pytest
from django.db import connection

from assessments.models import CurrentLevel, Evidence
from assessments.ratings.ready import ensure_first_rule
from tests.factories.people import PositionFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User


@pytest.fixture
def now(db):
    return clock.now()


@pytest.fixture
def jobs(db):
    """Positions by a letter."""
    names = {"A": "客服专员", "B": "高级客服专员", "C": "组长"}
    return {code: PositionFactory(name=name) for code, name in names.items()}


@pytest.fixture
def agent(hire, jobs, now):
    """An agent P2 who was hired fourteen months ago; the supervisor of 售后服务部 sees her."""
    hired = (now - timedelta(days=430)).date()
    return hire(name="王小明", department="disputes", position=jobs["A"], grade="P2", hired_on=hired)


@pytest.fixture
def boss(hire):
    return hire(Role.SUPERVISOR, name="李主管", department="care")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="陈人力", department="centre")


@pytest.fixture
def rated(now):
    """`rated(person, competency, 3)`: the level that the rule in force gave today."""

    def rate(person, competency, level):
        rule = ensure_first_rule(now)
        CurrentLevel.objects.create(
            person=person, competency=competency, level=level, score=80, pieces=2, rule=rule, derived_at=now
        )

    return rate


@pytest.fixture
def judged(now):
    """`judged(person, competency, 80, by=…, days=10)`: what somebody judged so many days ago."""

    def judge(person, competency, score, *, by, source="assessment", days=1):
        at = now - timedelta(days=days)
        key = f"{source}:{days}:{score}"
        fields = {"title": "主管评估", "recorded_at": at, "key": key}
        Evidence.objects.create(
            person=person, competency=competency, source=source, score=score, by=by, at=at, **fields
        )

    return judge


@pytest.fixture
def moved():
    """`moved(person, at, grade="P2")`: the person's job changed at that moment, as the record of changes has it."""

    def move(person, at, **fields):
        for name, value in fields.items():
            setattr(person, name, value)
        person.save()
        event = User.pgh_event_model.objects.filter(pgh_obj=person).latest("pgh_id")
        table = event._meta.db_table
        with connection.cursor() as cursor:  # only the owner of the tables can
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute(f'UPDATE "{table}" SET pgh_created_at = %s WHERE pgh_id = %s', [at, event.pk])  # noqa: S608
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')

    return move
