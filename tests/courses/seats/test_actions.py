from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils.translation import override

from courses.audiences.hooks import uses_of
from courses.audiences.members import watch
from courses.models import Engagement, PlanningRule, Session, SessionPlace
from courses.seats.actions import give_seat, give_up, move_in_line, move_up, sign_up
from courses.seats.queue import seats_to_fill, with_turn
from courses.sessions.actions import cancel, change, place, schedule, take_out
from tests.factories.courses import AudienceFactory
from tests.factories.planning import HOUR, NINE, SeasonFactory, SessionFactory, SessionPlaceFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def team(hire):
    return [hire(name=f"客服{number}") for number in range(5)]


@contextmanager
def refused(code):
    """Within the block an act is refused with this code."""
    with pytest.raises(Refused) as refusal:
        yield refusal
    assert refusal.value.code == code


def seated(session):
    """The names of those with a seat, in the order of the seats."""
    return list(session.places.filter(seat__isnull=False).order_by("seat").values_list("person__name", flat=True))


def waiting(session):
    """The names of those who wait, in their order."""
    return list(session.places.waiting().values_list("person__name", flat=True))


def all_sign_up(session, people, now):
    """One a minute."""
    for minute, person in enumerate(people):
        sign_up(session, person, at=now + timedelta(minutes=minute))


def test_seats_are_given_until_all_are_taken_then_people_wait_in_their_order(open_session, team, now, told):
    session = open_session(capacity=2)

    all_sign_up(session, team, now)

    assert (seated(session), waiting(session)) == (["客服0", "客服1"], ["客服2", "客服3", "客服4"])
    assert (told("seat_got"), told("seat_waiting")) == (["客服0", "客服1"], ["客服2", "客服3", "客服4"])
    with override("en"):
        said = Notice.objects.filter(kind="seat_waiting").order_by("pk").values_list("facts__turn", flat=True)
        assert list(said) == [1, 2, 3]
        assert "number 3 in the waiting list" in Notice.objects.order_by("pk").last().subject


def test_session_without_a_limit_has_a_seat_for_everybody(open_session, team, now):
    session = open_session(capacity=None)
    all_sign_up(session, team, now)

    assert (len(seated(session)), waiting(session)) == (5, [])


def test_signing_up_twice_gives_one_place_and_one_notice(open_session, team, now):
    session = open_session(capacity=1)
    for person in (team[0], team[0], team[1], team[1]):
        sign_up(session, person, at=now)

    assert (seated(session), waiting(session), Notice.objects.count()) == (["客服0"], ["客服1"], 2)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"entry": "assigned"}, "not_for_sign_up"),
        ({"sign_up_until": NINE - 12 * DAY}, "sign_up_closed"),
        ({"starts_at": NINE - 30 * DAY}, "session_begun"),
        ({"cancelled_at": NINE - 20 * DAY}, "session_cancelled"),
    ],
)
def test_who_is_too_late_or_at_the_wrong_door_is_refused(open_session, team, now, fields, code):
    session = open_session(**fields)

    with refused(code):
        sign_up(session, team[0], at=now)
    assert (session.places.count(), Notice.objects.count()) == (0, 0)


def test_session_for_an_audience_takes_its_members_alone(open_session, hire, company, now):
    rule = [{"kind": "department", "value": [company["disputes"].pk]}]
    audience = AudienceFactory(conditions=rule)
    watch(audience, at=now)
    member, other = hire(name="专席", department="disputes"), hire(name="售前", department="sales")
    watch(audience, at=now)
    session = open_session(audience=audience)

    sign_up(session, member, at=now)
    with refused("not_in_audience"):
        sign_up(session, other, at=now)

    assert seated(session) == ["专席"]


def test_who_does_not_learn_needs_an_audience(open_session, hire, now):
    with refused("not_in_audience"):
        sign_up(open_session(), hire(Role.AUDITOR), at=now)


def test_who_is_elsewhere_then_is_told_where_and_gets_neither_a_seat_nor_a_turn(open_session, team, now):
    other = SessionFactory(title="复盘会", starts_at=NINE + HOUR / 2)
    SessionPlaceFactory(session=other, person=team[0])

    for session in (open_session(capacity=1), full(open_session, team[1])):
        with refused("person_double") as refusal:
            sign_up(session, team[0], at=now)
        assert "复盘会" in str(refusal.value.message)
        assert not session.places.filter(person=team[0]).exists()


def full(open_session, person):
    """A session of one seat, which is taken, at the same time but elsewhere."""
    session = open_session(capacity=1)
    SessionPlaceFactory(session=session, person=person, signed_up=True)
    return session


def test_sessions_that_touch_can_both_be_had(open_session, team, now):
    for session in (open_session(), open_session(starts_at=NINE + HOUR)):
        sign_up(session, team[0], at=now)

    assert Engagement.objects.filter(person=team[0]).count() == 2


def test_so_many_of_a_team_may_sign_up_that_the_desk_is_not_left(open_session, team, now):
    PlanningRule.objects.update(max_in_training_percent=40)
    session = open_session(capacity=10)
    all_sign_up(session, team[:2], now)

    with refused("queue_limit"):
        sign_up(session, team[2], at=now)
    SeasonFactory(blackout=False, max_in_training_percent=60, starts_on=NINE.date(), ends_on=NINE.date())
    sign_up(session, team[2], at=now)

    assert seated(session) == ["客服0", "客服1", "客服2"]


def test_seat_given_up_goes_at_once_to_who_has_waited_longest(open_session, team, now, told):
    session = open_session(capacity=2)
    all_sign_up(session, team, now)

    given = give_up(session, team[0], reason=" 要陪产 ", at=now + DAY)

    assert (seated(session), waiting(session)) == (["客服2", "客服1"], ["客服3", "客服4"])
    given.refresh_from_db()
    assert (given.seat, given.given_up_reason, given.cancelled_at) == (None, "要陪产", now + DAY)
    assert (told("seat_moved_up"), told("seat_given_up")) == (["客服2"], ["客服0"])


def test_place_is_given_up_once_and_can_be_had_again_at_the_end_of_the_line(open_session, team, now, told):
    session = open_session(capacity=1)
    all_sign_up(session, team[:2], now)

    for _repeat in range(2):
        give_up(session, team[0], at=now + HOUR)
    sign_up(session, team[0], at=now + 2 * HOUR)

    assert (seated(session), waiting(session), told("seat_given_up")) == (["客服1"], ["客服0"], ["客服0"])
    assert give_up(session, team[4], at=now) is None


def test_who_waits_can_stop_waiting_and_nobody_moves(open_session, team, now, told):
    session = open_session(capacity=1)
    all_sign_up(session, team[:3], now)

    give_up(session, team[1], at=now + HOUR)

    assert (seated(session), waiting(session), told("seat_moved_up")) == (["客服0"], ["客服2"], [])


def test_assigned_seat_and_begun_session_are_not_given_up(open_session, team, now):
    assigned = SessionPlaceFactory(person=team[0])
    session = open_session()
    sign_up(session, team[1], at=now)

    with refused("seat_assigned"):
        give_up(assigned.session, team[0], at=now)
    with refused("session_begun"):
        give_up(session, team[1], at=NINE)


def test_who_cannot_come_any_more_is_passed_over_told_once_why_and_keeps_the_turn(open_session, team, now, told):
    session = open_session(capacity=1, title="情绪工作坊")
    all_sign_up(session, team[:4], now)
    SessionPlaceFactory(session=SessionFactory(title="复盘会"), person=team[1])

    give_up(session, team[0], at=now + HOUR)
    give_up(session, team[2], at=now + 2 * HOUR)

    assert (seated(session), waiting(session), told("seat_passed_over")) == (["客服3"], ["客服1"], ["客服1"])
    with override("en"):
        notice = Notice.objects.get(kind="seat_passed_over")
        assert "passed over for a seat in “情绪工作坊”" in notice.subject
        assert "you are in “复盘会”" in notice.subject


def test_who_was_passed_over_gets_the_seat_when_the_time_is_free_again(open_session, team, now):
    first, other = open_session(capacity=1), open_session(capacity=5)
    all_sign_up(first, team[:2], now)
    SessionPlaceFactory(session=other, person=team[1], signed_up=True)
    give_up(first, team[0], at=now + HOUR)
    assert (seated(first), waiting(first)) == ([], ["客服1"])

    give_up(other, team[1], at=now + 2 * HOUR)

    assert (seated(first), seated(other)) == (["客服1"], [])


def test_leaver_is_taken_off_the_list(open_session, team, now):
    session = open_session(capacity=1)
    all_sign_up(session, team[:3], now)
    team[1].left_on = now.date()
    team[1].save()

    give_up(session, team[0], at=now + HOUR)

    assert (seated(session), waiting(session)) == (["客服2"], [])


def test_more_seats_and_people_taken_out_let_others_move_up(open_session, hire, team, now, told):
    hr = hire(Role.HR, name="人力")
    session = open_session(capacity=1)
    all_sign_up(session, team, now)

    change(session, capacity=2, by=hr, at=now + HOUR)
    assert seated(session) == ["客服0", "客服1"]
    take_out(session, [team[0].pk, team[2].pk], by=hr, at=now + 2 * HOUR)

    assert (seated(session), waiting(session)) == (["客服3", "客服1"], ["客服4"])
    assert (told("seat_moved_up"), told("session_left")) == (["客服1", "客服3"], ["客服0", "客服2"])


def test_nobody_moves_up_in_a_session_that_has_begun_or_was_called_off(open_session, hire, team, now):
    session = open_session(capacity=1)
    all_sign_up(session, team[:2], now)
    SessionPlace.objects.filter(person=team[0]).update(cancelled_at=now)

    assert move_up(session, at=NINE) == 0
    cancel(session, reason="讲师出差", by=hire(Role.HR), at=now)
    assert move_up(session, at=now) == 0
    assert waiting(session) == ["客服1"]


def test_list_is_ordered_by_hand(open_session, hire, team, now):
    hr = hire(Role.HR)
    session = open_session(capacity=1)
    all_sign_up(session, team, now)
    last, first = (session.places.get(person=team[number]) for number in (4, 1))

    assert [move_in_line(last, "up", by=hr, at=now) for _step in range(4)] == [True, True, True, False]
    assert waiting(session) == ["客服4", "客服1", "客服2", "客服3"]
    assert move_in_line(first, "down", by=hr, at=now)
    assert waiting(session) == ["客服4", "客服2", "客服1", "客服3"]


def test_those_who_came_at_the_same_moment_change_places_too(open_session, hire, team, now):
    session = open_session(capacity=1)
    for person in team:
        sign_up(session, person, at=now)

    move_in_line(session.places.get(person=team[4]), "up", by=hire(Role.HR), at=now)

    assert waiting(session) == ["客服1", "客服2", "客服4", "客服3"]
    turns = with_turn(session.places.waiting()).values_list("person__name", "turn")
    assert list(turns) == [("客服1", 1), ("客服2", 2), ("客服4", 3), ("客服3", 4)]


def test_seat_is_given_past_the_line_only_when_one_is_free(open_session, hire, team, now, told):
    hr = hire(Role.HR)
    session = open_session(capacity=1)
    all_sign_up(session, team[:4], now)
    chosen = session.places.get(person=team[3])

    with refused("session_full"):
        give_seat(chosen, by=hr, at=now)
    SessionPlace.objects.filter(person=team[0]).update(cancelled_at=now)
    for _repeat in range(2):
        give_seat(chosen, by=hr, at=now)

    assert (seated(session), waiting(session), told("seat_moved_up")) == (["客服3"], ["客服1", "客服2"], ["客服3"])


def test_seat_is_not_given_to_who_is_elsewhere_or_waits_no_more(open_session, hire, team, now):
    hr = hire(Role.HR)
    session = open_session(capacity=2)
    all_sign_up(session, team[:4], now)
    busy, gone = (session.places.get(person=team[number]) for number in (2, 3))
    SessionPlaceFactory(session=SessionFactory(), person=team[2])
    SessionPlace.objects.filter(person__in=[team[0], team[3]]).update(cancelled_at=now, waiting_since=None)

    with refused("person_double"):
        give_seat(busy, by=hr, at=now)
    for act in (lambda: give_seat(gone, by=hr, at=now), lambda: move_in_line(gone, "up", by=hr, at=now)):
        with refused("not_waiting"):
            act()


def test_planner_gives_a_seat_to_who_waits_and_the_place_stays_one(open_session, hire, team, now):
    session = open_session(capacity=1)
    all_sign_up(session, team[:2], now)
    SessionPlace.objects.filter(person=team[0]).update(cancelled_at=now)

    place(session, [team[1].pk], by=hire(Role.HR), at=now)

    assert (seated(session), waiting(session)) == (["客服1"], [])


def test_seats_freed_in_passing_are_found(open_session, team, now):
    session, other = open_session(capacity=1), open_session(capacity=1, starts_at=NINE + DAY)
    for each in (session, other):
        all_sign_up(each, team[:2], now)
    assert list(seats_to_fill(at=now)) == []
    SessionPlace.objects.filter(person=team[0], session=session).update(cancelled_at=now)

    assert list(seats_to_fill(at=now)) == [session]
    assert list(seats_to_fill(at=NINE)) == []


def test_planned_for_an_audience_its_members_are_kept_and_see_it(hire, company, now, relaxed):
    audience = AudienceFactory(conditions=[{"kind": "department", "value": [company["disputes"].pk]}])
    member, other, instructor = hire(department="disputes"), hire(department="sales"), hire(Role.INSTRUCTOR)

    given = {"minutes": 60, "join_url": "https://x.example", "entry": "sign_up", "audience": audience}
    session = schedule(title="专席工作坊", starts_at=NINE, by=hire(Role.HR), at=now, **given)
    everybody = SessionFactory(entry="sign_up")

    seen = [set(Session.objects.visible_to(person)) for person in (member, other, instructor)]
    assert seen == [{session, everybody}, {everybody}, set()]
    for moment, stands in ((now, True), (NINE, False)):
        with clock.frozen(moment):
            assert [(use.title, use.standing) for use in uses_of([audience.pk])[audience.pk]] == [
                ("专席工作坊", stands)
            ]
