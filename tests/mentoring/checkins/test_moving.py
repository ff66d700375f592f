from datetime import date, timedelta

import pytest

from mentoring.checkins.away import next_day
from mentoring.checkins.moving import answer_day, ask_for_day
from mentoring.models import Away
from tests.factories.mentoring import CheckInFactory, PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

DUE = date(2026, 6, 8)
NEW = date(2026, 6, 10)
ON = date(2026, 6, 5)


@pytest.fixture
def checkin(db):
    return CheckInFactory()


@pytest.fixture
def pairing(checkin):
    return checkin.pairing


def state(checkin):
    checkin.refresh_from_db()
    return checkin.due_on, checkin.wanted_on, checkin.wanted_by and checkin.wanted_by.name


def told():
    return list(Notice.objects.order_by("pk").values_list("person__name", "facts__stage", "facts__why"))


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


@pytest.mark.parametrize(("asker", "other"), [("mentor", "mentee"), ("mentee", "mentor")])
def test_either_asks_and_the_other_agrees(checkin, pairing, asker, other):
    one, two = getattr(pairing, asker), getattr(pairing, other)

    ask_for_day(checkin, NEW, why="夜班", by=one, on=ON)
    asked = state(checkin)
    answer_day(checkin, agrees=True, by=two, on=ON)

    assert (asked, state(checkin)) == ((DUE, NEW, one.name), (NEW, None, None))
    assert told() == [(two.name, "asked", "夜班"), (one.name, "agreed", "")]


def test_asking_twice_tells_once_and_another_wish_replaces_the_first(checkin, pairing):
    for day in (NEW, NEW, NEW + timedelta(days=1)):
        ask_for_day(checkin, day, by=pairing.mentee, on=ON)

    assert state(checkin) == (DUE, NEW + timedelta(days=1), "王小明")
    assert [row[1] for row in told()] == ["asked", "asked"]


def test_declined_the_day_stays_and_a_repeat_is_harmless(checkin, pairing):
    ask_for_day(checkin, NEW, by=pairing.mentee, on=ON)

    for agrees in (False, False, True):
        answer_day(checkin, agrees=agrees, by=pairing.mentor, on=ON)

    assert (state(checkin), [row[1] for row in told()]) == ((DUE, None, None), ["asked", "declined"])


def test_whoever_asked_takes_it_back_and_cannot_agree_alone(checkin, pairing):
    ask_for_day(checkin, NEW, by=pairing.mentee, on=ON)

    code = refused(lambda: answer_day(checkin, agrees=True, by=pairing.mentee, on=ON))
    answer_day(checkin, agrees=False, by=pairing.mentee, on=ON)

    assert (code, state(checkin), [row[1] for row in told()]) == ("own_wish", (DUE, None, None), ["asked"])


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (ON - timedelta(days=1), "due_in_past"),
        (ON + timedelta(days=91), "due_too_far"),
        (DUE, "same_day"),
        (date(2026, 6, 12), "away"),
    ],
)
def test_impossible_days_are_refused_at_their_field(checkin, pairing, day, code):
    Away.objects.create(person=pairing.mentor, first_day=date(2026, 6, 12), last_day=date(2026, 6, 12))

    with pytest.raises(Refused) as refusal:
        ask_for_day(checkin, day, by=pairing.mentee, on=ON)

    assert (refusal.value.field, refusal.value.code, state(checkin)) == ("wanted_on", code, (DUE, None, None))


def test_a_wish_that_has_passed_is_not_agreed_to(checkin, pairing):
    ask_for_day(checkin, NEW, by=pairing.mentee, on=ON)

    code = refused(lambda: answer_day(checkin, agrees=True, by=pairing.mentor, on=NEW + timedelta(days=1)))

    assert (code, state(checkin)) == ("due_in_past", (DUE, NEW, "王小明"))


def test_strangers_held_ones_and_ended_pairings_are_refused(db):
    held, ended, planned = (
        CheckInFactory(held=True),
        CheckInFactory(pairing=PairingFactory(ended=True)),
        CheckInFactory(),
    )
    asked = [(held, held.pairing.mentee), (ended, ended.pairing.mentee), (planned, PersonFactory())]

    codes = [refused(lambda c=c, p=p: ask_for_day(c, NEW, by=p, on=ON)) for c, p in asked]

    assert codes == ["checkin_held", "pairing_ended", "not_yours"]


def test_one_that_has_fallen_away_is_said(checkin, pairing):
    pairing.checkins.all().delete()

    assert refused(lambda: ask_for_day(checkin, NEW, by=pairing.mentee, on=ON)) == "checkin_gone"


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], date(2026, 6, 12)),
        ([("mentor", 12, 12)], date(2026, 6, 15)),
        ([("mentor", 12, 16), ("mentee", 17, 17)], date(2026, 6, 18)),
        ([("mentee", 1, 30), ("mentor", 1, 30)], date(2026, 7, 1)),
    ],
    ids=["a week later", "after a weekend", "when both are back", "after a month"],
)
def test_the_next_day_is_a_workday_on_which_both_are_there(pairing, spans, expected):
    for side, first, last in spans:
        days = {"first_day": date(2026, 6, first), "last_day": date(2026, 6, last)}
        Away.objects.create(person=getattr(pairing, side), **days)

    assert next_day(pairing, on=ON) == expected


def test_whoever_is_away_for_long_gets_a_week_later_all_the_same(pairing):
    Away.objects.create(person=pairing.mentor, first_day=ON, last_day=date(2026, 12, 31))

    assert next_day(pairing, on=ON) == date(2026, 6, 12)
