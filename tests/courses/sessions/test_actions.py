from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from courses.models import PlanningRule, Session, SessionPlace
from courses.sessions import actions
from courses.sessions.actions import cancel, change, move, place, schedule, take_out
from courses.sessions.clashes import Clashing
from courses.sessions.desk import _too_many
from courses.sessions.notices import tell_planned
from tests.factories.courses import CourseFactory
from tests.factories.planning import HOUR, NINE, BusyTimeFactory, SeasonFactory, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory, instructor_of
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def team(hire):
    """Eight people of the after-sales desk."""
    return [hire(name=f"客服{number}") for number in range(8)]


@pytest.fixture
def plan(hr, now):
    """`plan(people_ids=[…])` schedules an hour at 9 on 1 December in 培训室 A."""

    def do(**fields):
        given = {
            "title": "投诉处理工作坊",
            "starts_at": NINE,
            "minutes": 60,
            "room": room("A"),
            "by": hr,
            "at": now,
        }
        return schedule(**{**given, **fields})

    return do


@pytest.fixture
def relaxed(db):
    """Everybody of a team may be in training at once."""
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)


@contextmanager
def refused(code):
    """Within the block an act is refused with this code."""
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.code == code


def room(letter):
    return RoomFactory(name=f"培训室 {letter}")


def kinds(refusal):
    return [(clash.kind, clash.hard) for clash in refusal.value.clashes]


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_planned_session_gives_places_and_tells_everybody_once(plan, team, hire, relaxed):
    teacher = hire(Role.INSTRUCTOR, name="讲师")
    course = CourseFactory()

    session = plan(people_ids=[team[0].pk, team[1].pk], instructors=[instructor_of(teacher)], course=course)

    assert (session.title, session.minutes, session.topic, session.moves) == ("投诉处理工作坊", 60, course.topic, 0)
    assert sorted(session.places.values_list("person__name", flat=True)) == ["客服0", "客服1"]
    assert told("session_planned") == ["客服0", "客服1", "讲师"]


def test_form_sent_twice_plans_one_session(plan, team, relaxed):
    first = plan(people_ids=[team[0].pk])

    assert plan(people_ids=[team[0].pk], token=first.token) == first
    assert (Session.objects.count(), told("session_planned")) == (1, ["客服0"])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "  "}, "title"),
        ({"minutes": 5}, "minutes"),
        ({"minutes": 1000}, "minutes"),
        ({"room": None}, "room"),
        ({"starts_at": NINE - 30 * DAY}, "starts_at"),
        ({"capacity": 1}, "people"),
    ],
)
def test_bad_session_is_refused_at_its_field(plan, team, changed, field, relaxed):
    with pytest.raises(Refused) as refusal:
        plan(people_ids=[team[0].pk, team[1].pk], **changed)

    assert (refusal.value.field, Session.objects.count()) == (field, 0)


def test_blackout_refuses_and_names_the_season_and_the_next_free_day(plan, double_12):
    with pytest.raises(Clashing) as refusal:
        plan(starts_at=NINE + 8 * DAY, anyway=True)

    assert (refusal.value.code, Session.objects.count()) == ("inside_blackout", 0)
    assert "双12" in str(refusal.value.message)
    assert "2026年12月15日" in str(refusal.value.message)


def test_next_free_day_lies_behind_adjoining_seasons(plan, double_12):
    SeasonFactory(name="年货预热", starts_on=date(2026, 12, 15), ends_on=date(2026, 12, 18))

    with pytest.raises(Clashing, match="2026年12月19日"):
        plan(starts_at=NINE + 8 * DAY)


def test_session_that_ends_inside_a_blackout_is_refused(plan, double_12):
    with pytest.raises(Clashing):
        plan(starts_at=NINE + 6 * DAY + 14 * HOUR, minutes=120)


def test_room_instructor_and_person_are_not_in_two_places(plan, team, hire, relaxed):
    teacher = hire(Role.INSTRUCTOR, name="讲师")
    plan(people_ids=[team[0].pk], instructors=[instructor_of(teacher)])

    with pytest.raises(Clashing) as refusal:
        plan(
            people_ids=[team[0].pk, team[1].pk],
            instructors=[instructor_of(teacher)],
            starts_at=NINE + HOUR / 2,
            room=room("A"),
        )

    assert sorted(kinds(refusal)) == [("instructor_double", True), ("person_double", True), ("room_double", True)]
    assert "客服0" in str(refusal.value.message)
    assert "客服1" not in str(refusal.value.message)
    assert Session.objects.count() == 1


def test_sessions_that_touch_do_not_clash(plan, team, relaxed):
    plan(people_ids=[team[0].pk])
    plan(people_ids=[team[0].pk], starts_at=NINE + HOUR)

    assert Session.objects.count() == 2


def test_instructor_who_takes_part_elsewhere_and_participant_who_gives_elsewhere_clash(plan, hire, relaxed):
    teacher, other = hire(Role.INSTRUCTOR, name="讲师"), hire(Role.INSTRUCTOR, name="学员")
    plan(people_ids=[other.pk], instructors=[instructor_of(teacher)])

    with pytest.raises(Clashing) as refusal:
        plan(people_ids=[teacher.pk], instructors=[instructor_of(other)], room=room("B"))

    assert kinds(refusal) == [("person_double", True), ("person_double", True)]


def test_cancelled_session_and_place_given_up_leave_the_time_free(plan, team, hr, now, relaxed):
    first = plan(people_ids=[team[0].pk])
    take_out(first, [team[0].pk], by=hr, at=now)
    plan(people_ids=[team[0].pk], room=room("B"))
    cancel(first, reason="讲师出差", by=hr, at=now)

    assert plan(people_ids=[team[1].pk]).room.name == "培训室 A"


def test_database_keeps_a_room_to_one_session(db):
    room = RoomFactory()
    SessionFactory(room=room)

    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(room=room, starts_at=NINE + HOUR / 2)
    SessionFactory(room=room, starts_at=NINE + HOUR)


def test_database_keeps_instructors_and_people_to_one_session(db, hire):
    teacher, outside = hire(Role.INSTRUCTOR), OutsideInstructorFactory()
    SessionFactory(instructors=[teacher, outside])

    for instructor in (teacher, outside):
        with pytest.raises(IntegrityError), transaction.atomic():
            SessionFactory(starts_at=NINE + HOUR / 2, instructors=[instructor])
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionPlaceFactory(session=SessionFactory(), person=teacher)
    SessionFactory(instructors=[teacher, outside], starts_at=NINE + HOUR)


def test_at_most_so_many_percent_of_a_team_are_in_training_at_the_same_hour(plan, team):
    plan(people_ids=[team[0].pk])

    with pytest.raises(Clashing) as refusal:
        plan(
            people_ids=[team[1].pk, team[2].pk],
            starts_at=NINE + HOUR / 2,
            room=room("B"),
            anyway=True,
        )
    plan(people_ids=[team[1].pk], starts_at=NINE + HOUR / 2, room=room("B"))

    assert (refusal.value.code, refusal.value.field) == ("queue_limit", "people")
    assert refusal.value.clashes == [_too_many("售后服务部", NINE, people=3, size=8, most=2, percent=25)]


def test_limit_of_a_season_holds_within_it(plan, team):
    SeasonFactory(blackout=False, max_in_training_percent=15, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2))

    with pytest.raises(Clashing) as refusal:
        plan(people_ids=[team[0].pk, team[1].pk])
    assert refusal.value.clashes == [_too_many("售后服务部", NINE, people=2, size=8, most=1, percent=15)]
    assert plan(people_ids=[team[0].pk, team[1].pk], starts_at=NINE + 3 * DAY).places.count() == 2


def test_one_person_of_a_small_team_may_always_be_trained(plan, hire):
    assert plan(people_ids=[hire(department="disputes").pk]).places.count() == 1


def test_shift_warns_by_name_and_is_accepted_when_planned_anyway(plan, team):
    BusyTimeFactory(person=team[0])
    BusyTimeFactory(person=team[0], period=(NINE + HOUR / 2, NINE + HOUR), kind="leave")

    with pytest.raises(Clashing) as refusal:
        plan(people_ids=[team[0].pk, team[1].pk])
    assert kinds(refusal) == [("busy", False), ("busy", False)]
    assert [clash.names for clash in refusal.value.clashes] == [("客服0",), ("客服0",)]

    assert plan(people_ids=[team[0].pk, team[1].pk], anyway=True).places.count() == 2


def test_moved_session_takes_people_along_and_tells_each_once_a_move(plan, team, hr, now, relaxed):
    session = plan(people_ids=[team[0].pk, team[1].pk])

    for _repeat in range(2):
        moved = move(session, starts_at=NINE + DAY, by=hr, at=now)
    assert (moved.starts_at, moved.minutes, moved.moves) == (NINE + DAY, 60, 1)
    assert told("session_moved") == ["客服0", "客服1"]

    move(session, starts_at=NINE, by=hr, at=now)
    assert told("session_moved") == ["客服0", "客服0", "客服1", "客服1"]


def test_move_into_a_blackout_leaves_it_where_it_was(plan, hr, now, double_12):
    session = plan()

    with pytest.raises(Clashing):
        move(session, starts_at=NINE + 9 * DAY, by=hr, at=now, anyway=True)

    session.refresh_from_db()
    assert (session.starts_at, session.moves, told("session_moved")) == (NINE, 0, [])


def test_session_does_not_clash_with_itself_when_it_moves_a_little(plan, team, hire, hr, now):
    session = plan(people_ids=[team[0].pk, team[1].pk], instructors=[instructor_of(hire(Role.INSTRUCTOR))])

    assert move(session, starts_at=NINE + HOUR / 2, by=hr, at=now).moves == 1


def test_begun_and_cancelled_sessions_do_not_move(plan, hr, now):
    session = plan()
    with refused("session_begun"):
        move(session, starts_at=NINE + DAY, by=hr, at=NINE)
    cancel(session, reason="讲师出差", by=hr, at=now)

    with refused("session_cancelled"):
        move(session, starts_at=NINE + DAY, by=hr, at=now)


def test_cancelled_twice_is_told_once_with_the_reason_kept(plan, team, hr, now):
    session = plan(people_ids=[team[0].pk])
    with refused("reason_missing"):
        cancel(session, reason=" ", by=hr, at=now)

    for reason in ("讲师出差", "别的"):
        cancel(session, reason=reason, by=hr, at=now)

    session.refresh_from_db()
    assert (session.cancelled_reason, told("session_cancelled")) == ("讲师出差", ["客服0"])


def test_session_that_is_over_is_not_cancelled(plan, hr):
    with refused("session_over"):
        cancel(plan(), reason="讲师出差", by=hr, at=NINE + 2 * HOUR)


def test_another_room_is_told_like_a_move_and_another_title_is_not(plan, team, hr, now):
    session = plan(people_ids=[team[0].pk])

    change(session, title="投诉处理进阶", by=hr, at=now)
    assert told("session_moved") == []
    change(session, room=room("B"), by=hr, at=now)
    assert told("session_moved") == ["客服0"]


def test_change_checks_room_instructor_and_seats(plan, team, hr, now, relaxed):
    session = plan(people_ids=[team[0].pk, team[1].pk])
    other = SessionFactory().room

    for fields, code in (({"room": other}, "room_double"), ({"capacity": 1}, "session_full")):
        with pytest.raises(Refused) as refusal:
            change(session, by=hr, at=now, **fields)
        assert refusal.value.code == code


def test_place_is_given_once_taken_away_and_given_again(plan, team, hr, now):
    session = plan(capacity=1)
    person = team[0]

    assert [place(session, [person.pk], by=hr, at=now) for _repeat in range(2)] == [1, 0]
    with refused("session_full"):
        place(session, [team[1].pk], by=hr, at=now)
    assert [take_out(session, [person.pk], by=hr, at=now + HOUR) for _repeat in range(2)] == [1, 0]
    assert place(session, [person.pk], by=hr, at=now + 2 * HOUR) == 1

    assert (SessionPlace.objects.count(), told("session_planned"), told("session_left")) == (
        1,
        ["客服0", "客服0"],
        ["客服0"],
    )


def test_numbers_of_a_session_leave_out_places_given_up(db, hr, now):
    session = SessionFactory()
    SessionPlaceFactory(session=session, attended_at=NINE)
    SessionPlaceFactory(session=session)
    SessionPlaceFactory(session=session, cancelled_at=now)

    numbers = Session.objects.with_numbers().values_list("people", "attended")
    assert list(numbers) == [(2, 1)]


@pytest.mark.parametrize("people", [1, 30])
def test_checks_take_as_many_queries_for_one_person_as_for_thirty(
    plan, hire, people, relaxed, django_assert_max_num_queries
):
    crowd = [hire() for _ in range(people)]
    BusyTimeFactory(person=crowd[0])
    slot = actions.Slot(NINE, NINE + HOUR, RoomFactory().pk, people=frozenset(person.pk for person in crowd))

    with django_assert_max_num_queries(10):
        actions.clashes_of(slot)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"room__name": "培训室 A", "join_url": "https://meet.example.com/1"}, "培训室 A"),
        ({"room": None, "join_url": "https://meet.example.com/1"}, "Online"),
        ({"room": None, "join_url": ""}, "place to be announced"),
    ],
)
def test_place_is_the_room_else_online_else_to_be_announced(team, now, facts, said):
    session = SessionFactory(**facts)
    tell_planned(session, [team[0].pk], at=now)

    with override("en"):
        assert session.place == said
        assert Notice.objects.get().subject.endswith(said)


def subject_for(person):
    with override("en"):
        return Notice.objects.filter(person=person).latest("pk").subject


def test_instructor_hears_what_to_give_and_what_no_longer(plan, hr, hire, team, now):
    lead, other = hire(Role.INSTRUCTOR), hire(Role.INSTRUCTOR)
    session = plan(instructors=[instructor_of(lead)], people_ids=[team[0].pk])

    assert subject_for(lead).startswith("You are to give “投诉处理工作坊”")
    assert subject_for(team[0]).startswith("New session for you")

    change(session, instructors=[instructor_of(other)], by=hr, at=now)
    assert subject_for(lead).startswith("You no longer give “投诉处理工作坊”")


def test_reason_of_a_cancellation_reaches_everybody(plan, hr, team, now):
    session = plan(people_ids=[team[0].pk])

    cancel(session, reason="讲师生病", by=hr, at=now)

    with override("en"):
        assert Notice.objects.get(kind="session_cancelled").body == "Reason: 讲师生病"
        old = {"title": "", "starts_at": "2026-12-01T09:00+08:00", "room": ""}
        assert Notice(kind="session_cancelled", facts=old).body == ""
