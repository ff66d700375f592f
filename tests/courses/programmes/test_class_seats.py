"""Who of a programme gets a seat in its classes, and who is left out and named."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from courses.models import Session, SessionPlace
from courses.programmes.actions import assign_at_once
from courses.programmes.assigning import Terms
from courses.programmes.class_seats import seat, unseated
from courses.programmes.due import Due
from courses.sessions.models import Answer
from tests.factories.courses import MONDAY, ItemFactory, ProgrammeFactory, StageFactory
from tests.factories.planning import NINE, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import RoomFactory, let_teach

BEFORE = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def path(db):
    """One stage of five days with a class on its first, and nothing else."""
    programme = ProgrammeFactory(title="新人培养")
    stage = StageFactory(programme=programme, first_day=1, last_day=5, title="授课")
    item = {"title": "迎新", "minutes": 90, "day": 1, "time": "09:30"}
    ItemFactory(stage=stage, kind="session", object_id=None, settings=item)
    return programme


@pytest.fixture
def give(path, care, hr):
    """`give()` assigns the programme to everybody of the audience from 1 June on, once more at each call."""

    def do():
        return assign_at_once(path, care, by=hr, on=MONDAY, terms=Terms(Due("stages")), token=uuid4(), tell=False)

    return do


def held(session):
    return sorted(session.places.filter(seat__isnull=False).values_list("person__name", flat=True))


def left_out(assignment):
    return [list(missing.names) for missing in unseated(assignment, at=BEFORE)]


@pytest.mark.parametrize("limit", [{"capacity": 2}, {"capacity": 9, "room": True}])
def test_full_class_leaves_out_who_comes_last_and_names_them(give, hire, limit):
    hire(name="甲")
    give()
    session = Session.objects.get()
    session.capacity = limit["capacity"]
    session.room = RoomFactory(seats=2) if "room" in limit else None
    session.save()
    for name in ("乙", "丙"):
        hire(name=name)

    assert left_out(give()) == [["丙"]]
    assert held(session) == ["乙", "甲"]


def test_who_gives_the_class_sits_in_none_of_its_seats_and_the_others_do(give, hire):
    hire(name="甲")
    give()
    teacher, session = hire(name="讲师"), Session.objects.get()
    let_teach(session, teacher)
    hire(name="乙")

    assert left_out(give()) == [["讲师"]]
    assert held(session) == ["乙", "甲"]


def test_full_class_takes_nobodys_time(hire):
    first, person = SessionFactory(capacity=1), hire()
    second = SessionFactory(starts_at=NINE + timedelta(minutes=30))
    SessionPlaceFactory(session=first)

    assert seat([(first.pk, person.pk), (second.pk, person.pk)]) == 1
    assert SessionPlace.objects.get(person=person).session == second


def test_who_comes_back_is_asked_anew_and_who_stayed_keeps_the_answer(db):
    now = BEFORE
    session, said = SessionFactory(capacity=2), {"answered_at": now, "answer_reason": "请假"}
    back = SessionPlaceFactory(
        session=session, answer=Answer.DECLINED, cancelled_at=now, given_up_reason="有事", **said
    )
    stayed = SessionPlaceFactory(session=session, answer=Answer.TENTATIVE, **said)

    for _repeat in range(2):
        assert seat([(session.pk, back.person_id), (session.pk, stayed.person_id)]) == 2

    facts = ("cancelled_at", "given_up_reason", "answer", "answered_at", "answer_reason")
    assert list(SessionPlace.objects.order_by("pk").values_list(*facts)) == [
        (None, "", "", None, ""),
        (None, "", "tentative", now, "请假"),
    ]
