from contextlib import contextmanager
from datetime import timedelta

import pytest

from courses.invitations.actions import Said, answer
from courses.models import SessionPlace
from courses.seats.actions import sign_up
from courses.sessions.actions import cancel, move
from courses.sessions.models import Answer
from tests.factories.planning import HOUR, NINE, SessionPlaceFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice

pytestmark = pytest.mark.usefixtures("seat")


@contextmanager
def refused(code):
    before = list(SessionPlace.objects.values())
    with pytest.raises(Refused) as refusal:
        yield
    assert (refusal.value.code, list(SessionPlace.objects.values())) == (code, before)


def kept():
    return SessionPlace.objects.values_list("answer", "answered_at", "answer_reason").get()


def declines():
    return [notice.subject for notice in Notice.objects.filter(kind="invitation_declined")]


def test_answer_is_kept_and_may_change_until_it_begins(session, agent, now):
    for minute, said in enumerate((Answer.TENTATIVE, Answer.ACCEPTED)):
        answer(session, agent, Said(said, now + timedelta(minutes=minute)), at=now + HOUR)

    assert kept() == ("accepted", now + timedelta(minutes=1), "")


def test_same_answer_again_changes_nothing(session, agent, now):
    for minute in (0, 5):
        answer(session, agent, Said(Answer.ACCEPTED, now + timedelta(minutes=minute)), at=now + HOUR)

    assert kept() == ("accepted", now, "")


def test_assigned_seat_declined_stays_and_the_planner_is_told_once(session, agent, now, hr):
    for _repeat in range(2):
        answer(session, agent, Said(Answer.DECLINED, now, "请年假"), at=now)

    assert kept() == ("declined", now, "请年假")
    assert SessionPlace.objects.get().seat == 1
    (notice,) = Notice.objects.filter(kind="invitation_declined")
    assert (notice.person, "李娜" in notice.subject, "请年假" in notice.body) == (hr, True, True)


def test_signed_up_seat_declined_is_given_up_and_the_next_one_moves_up(session, agent, hire, now):
    SessionPlace.objects.update(signed_up=True)
    type(session).objects.update(capacity=1)
    following = SessionPlaceFactory(session=session, person=hire(), signed_up=True, waiting_since=now)

    answer(session, agent, Said(Answer.DECLINED, now, "要值班"), at=now)

    given_up = SessionPlace.objects.get(person=agent)
    assert (given_up.seat, given_up.cancelled_at, given_up.given_up_reason) == (None, now, "要值班")
    following.refresh_from_db()
    assert (following.seat, following.waiting_since, declines()) == (1, None, [])


def test_who_signs_up_has_accepted_by_it_also_after_declining(session, agent, now):
    type(session).objects.update(entry="sign_up")
    SessionPlace.objects.update(signed_up=True)
    answer(session, agent, Said(Answer.DECLINED, now, "要值班"), at=now)

    sign_up(session, agent, at=now)

    assert kept() == ("accepted", now, "")


def test_earlier_answer_that_arrives_later_is_refused(session, agent, now):
    answer(session, agent, Said(Answer.ACCEPTED, now), at=now)

    with refused("answer_outdated"):
        answer(session, agent, Said(Answer.DECLINED, now - HOUR), at=now)


def test_without_a_seat_there_is_nothing_to_answer(session, hire, now):
    waiting = hire()
    SessionPlaceFactory(session=session, person=waiting, waiting_since=now)

    for person in (waiting, hire()):
        with refused("no_seat"):
            answer(session, person, Said(Answer.ACCEPTED, now), at=now)


def test_cancelled_and_begun_sessions_take_no_answer(session, agent, hr, now):
    with refused("session_begun"):
        answer(session, agent, Said(Answer.ACCEPTED, NINE), at=NINE)
    cancel(session, reason="讲师出差", by=hr, at=now)

    with refused("session_cancelled"):
        answer(session, agent, Said(Answer.ACCEPTED, now), at=now)


def test_after_a_move_nobody_has_answered(session, agent, hr, now):
    answer(session, agent, Said(Answer.DECLINED, now, "请年假"), at=now)

    move(session, starts_at=NINE + HOUR, by=hr, at=now)

    assert kept() == ("", None, "")
