"""What many people do with seats at the same instant, in threads with connections of their own."""

from datetime import timedelta
from functools import partial

import pytest

from courses.models import Engagement, PlanningRule, Session, SessionPlace
from courses.seats.actions import give_up, move_up, sign_up
from courses.seats.minimum import judge_minimum
from courses.sessions.actions import take_out
from tests.at_once import at_once
from tests.courses.planning.conftest import NOW
from tests.factories.planning import HOUR, NINE, SessionFactory, SessionPlaceFactory
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 12
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _relaxed(db):
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)


@pytest.fixture
def people(hire):
    """`people(50)`: so many trainees."""
    return lambda number: [hire(name=f"客服{n}") for n in range(number)]


def open_session(capacity=1, starts_at=NINE):
    return SessionFactory(entry="sign_up", capacity=capacity, starts_at=starts_at)


def holders(session):
    """Who sits where: the names by seat, with all that the database says about them in accord."""
    seats = list(session.places.filter(seat__isnull=False).order_by("seat").values_list("seat", "person"))
    taken = sorted(Engagement.objects.filter(session=session).values_list("person", flat=True))
    assert taken == sorted(person for _seat, person in seats)
    assert [seat for seat, _person in seats] == sorted({seat for seat, _person in seats})
    assert not session.places.filter(seat__isnull=False, waiting_since__isnull=False).exists()
    return [person for _seat, person in seats]


def test_of_fifty_who_sign_up_at_once_ten_get_a_seat_and_forty_wait_in_one_line(people):
    session, crowd = open_session(capacity=10), people(50)

    assert at_once(*(partial(sign_up, session, each, at=NOW) for each in crowd)) == [None] * 50

    line = list(session.places.waiting().values_list("person", flat=True))
    assert (len(holders(session)), len(line), len({*holders(session), *line})) == (10, 40, 50)
    assert list(session.places.filter(seat__isnull=False).order_by("seat").values_list("seat", flat=True)) == [
        *range(1, 11)
    ]
    kinds = Notice.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["seat_got"] * 10 + ["seat_waiting"] * 40
    assert sorted(Notice.objects.filter(kind="seat_waiting").values_list("facts__turn", flat=True)) == [*range(1, 41)]


def test_one_person_who_taps_eight_times_has_one_seat(people):
    session, (person,) = open_session(capacity=10), people(1)

    at_once(*[partial(sign_up, session, person, at=NOW)] * 8)

    assert (holders(session), Notice.objects.count()) == ([person.pk], 1)


def test_two_who_exchange_seats_through_the_waiting_lists_at_the_same_instant_each_have_the_other_seat(people):
    """Each has a seat where the other waits; the sessions are on different days."""
    for _round in range(ROUNDS):
        ann, ben = people(2)
        first, second = open_session(), open_session(starts_at=NINE + DAY)
        for session, has, waits in ((first, ann, ben), (second, ben, ann)):
            sign_up(session, has, at=NOW)
            sign_up(session, waits, at=NOW)

        said = at_once(partial(give_up, first, ann, at=NOW + HOUR), partial(give_up, second, ben, at=NOW + HOUR))

        assert said == [None, None]
        assert (holders(first), holders(second)) == ([ben.pk], [ann.pk])


def test_two_who_exchange_seats_of_sessions_at_the_same_hour_are_never_in_both(people):
    """Whoever is served first finds the other still elsewhere, and gets the seat a moment later."""
    for _round in range(ROUNDS):
        ann, ben = people(2)
        first, second = open_session(), open_session()
        for session, has, waits in ((first, ann, ben), (second, ben, ann)):
            SessionPlaceFactory(session=session, person=has, signed_up=True)
            SessionPlaceFactory(session=session, person=waits, signed_up=True, waiting_since=NOW)

        said = at_once(partial(give_up, first, ann, at=NOW + HOUR), partial(give_up, second, ben, at=NOW + HOUR))

        assert said == [None, None]
        assert (holders(first), holders(second)) == ([ben.pk], [ann.pk])


def test_seat_that_is_given_up_while_others_reach_for_it_has_one_holder(people):
    for _round in range(ROUNDS):
        has, waits, late = people(3)
        session = open_session()
        sign_up(session, has, at=NOW)
        sign_up(session, waits, at=NOW)

        at_once(
            partial(give_up, session, has, at=NOW + HOUR),
            partial(sign_up, session, late, at=NOW + HOUR),
            partial(sign_up, session, has, at=NOW + 2 * HOUR),
            partial(move_up, session, at=NOW + HOUR),
        )

        assert holders(session) == [waits.pk]
        assert set(session.places.waiting().values_list("person", flat=True)) >= {late.pk}


def test_who_reaches_for_two_sessions_of_one_hour_at_once_gets_one(people):
    for _round in range(ROUNDS):
        (person,) = people(1)
        first, second = open_session(5), open_session(5)

        said = at_once(partial(sign_up, first, person, at=NOW), partial(sign_up, second, person, at=NOW))

        assert sorted(map(str, said)) == ["None", "person_double"]
        assert len(holders(first)) + len(holders(second)) == 1


def test_whoever_comes_and_goes_no_seat_is_double_and_none_stays_empty_while_somebody_waits(people, hire):
    crowd, hr = people(12), hire(Role.HR)
    sessions = [open_session(3), open_session(3), open_session(3, NINE + DAY)]

    def wander(number):
        person = crowd[number]
        for step in range(6):
            session, at = sessions[(number + step) % 3], NOW + step * HOUR
            for act in (sign_up, give_up)[: 1 + step % 2]:
                try:
                    act(session, person, at=at)
                except Refused:
                    continue

    def take(session):
        for step in range(4):
            take_out(
                session, session.places.filter(seat=1).values_list("person", flat=True), by=hr, at=NOW + step * HOUR
            )

    at_once(*(partial(wander, n) for n in range(12)), *(partial(take, session) for session in sessions))

    for session in sessions:
        move_up(session, at=NOW + DAY)
        assert len(holders(session)) <= 3
        waiting = session.places.waiting().count()
        assert waiting == 0 or len(holders(session)) == 3 or all_are_elsewhere(session)


def all_are_elsewhere(session):
    """Whoever waits has a seat in another session of the hour."""
    others = Session.objects.during(session.starts_at, session.ends_at).exclude(pk=session.pk)
    waiting = session.places.waiting().values("person")
    there = SessionPlace.objects.filter(session__in=others, seat__isnull=False, person__in=waiting)
    return there.count() == session.places.waiting().count()


def test_three_beats_warn_of_too_few_people_once(people, hire):
    planner = hire(Role.HR)
    SessionFactory(minimum=4, minimum_by=NOW - HOUR, planned_by=planner)

    at_once(*[partial(judge_minimum, at=NOW)] * 3)

    assert Notice.objects.filter(kind="session_too_few").count() == 1
