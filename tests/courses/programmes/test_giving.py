"""From when and by when: windows of stages, blackouts, newcomers and leavers, what completes a programme."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.audiences.members import refresh
from courses.enrolment.actions import complete_many, withdraw
from courses.models import DueException, Enrolment, Participation, Session, SessionPlace
from courses.planning.models import Season
from courses.programmes.actions import assign_at_once, carry_out
from courses.programmes.assigning import Terms, stop_following
from courses.programmes.class_seats import unseated
from courses.programmes.due import Due, Start
from courses.programmes.exceptions import exempt_participation, extend_participation, override
from courses.programmes.giving import let_go, members_changed
from courses.programmes.settling import settle, settle_all
from tests.factories.courses import MONDAY, CourseFactory, ItemFactory, ProgrammeFactory, StageFactory, UnitFactory
from tests.factories.planning import SessionFactory, SessionPlaceFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)
NINE = datetime(2026, 6, 1, 1, tzinfo=UTC)
STAGES = Due("stages")
TODAY = Terms(STAGES)
ON_HIRE = Terms(STAGES, Start("hire_date"))


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力", locale="en")


@pytest.fixture
def path(db):
    """Days 1 to 5: 规则. Days 8 to 21: 安抚, and one of 礼仪 and 情绪."""
    programme = ProgrammeFactory(title="新人培养")
    first = StageFactory(programme=programme, first_day=1, last_day=5, title="授课")
    second = StageFactory(programme=programme, first_day=8, last_day=21, title="跟岗", position=1, optional_needed=1)
    for stage, title, required in [
        (first, "规则", True),
        (second, "安抚", True),
        (second, "礼仪", False),
        (second, "情绪", False),
    ]:
        course = CourseFactory(title=title)
        UnitFactory(course=course)
        ItemFactory(stage=stage, course=course, required=required)
    return programme


def give(programme, audience, hr, terms, on=MONDAY):
    return assign_at_once(programme, audience, by=hr, on=on, terms=terms, token=uuid4(), tell=False)


def windows(person):
    found = Enrolment.objects.filter(person=person).order_by("pk")
    return {e.course.title: (e.opens_on, e.due_on) for e in found.select_related("course")}


def reasons():
    return list(DueException.objects.order_by("pk").values_list("person__name", "computed_on", "reason"))


def complete(person, *titles, at=NINE + 3 * DAY):
    rows = Enrolment.objects.open().filter(person=person, course__title__in=titles)
    complete_many([(enrolment, at) for enrolment in rows])


def states(assignment):
    found = assignment.participations.order_by("pk").select_related("person")
    return [(part.person.name, part.state(MONDAY)) for part in found]


# --- Starts and due dates ---
def test_each_item_is_due_on_the_last_day_of_its_stage(path, care, hr, hire):
    person = hire(name="甲")
    give(path, care, hr, TODAY)

    second = (MONDAY + 7 * DAY, MONDAY + 20 * DAY)
    assert windows(person) == {
        "规则": (MONDAY, MONDAY + 4 * DAY),
        "安抚": second,
        "礼仪": second,
        "情绪": second,
    }
    assert list(Participation.objects.values_list("person", "joined_on", "starts_on")) == [(person.pk, MONDAY, MONDAY)]


def test_stages_count_from_the_fixed_start_or_the_hire_date(path, care, hr, hire):
    person = hire(name="甲", hired_on=MONDAY - 2 * DAY)
    give(path, care, hr, Terms(STAGES, Start("fixed", MONDAY + 7 * DAY)))
    assert windows(person)["规则"] == (MONDAY + 7 * DAY, MONDAY + 11 * DAY)

    Enrolment.objects.all().delete()
    give(path, care, hr, ON_HIRE)
    assert windows(person)["规则"] == (MONDAY - 2 * DAY, MONDAY + 2 * DAY)


@pytest.mark.parametrize(
    ("start", "field", "code"),
    [
        (Start("fixed"), "starts_on", "starts_missing"),
        (Start("fixed", MONDAY - DAY), "starts_on", "starts_in_past"),
    ],
)
def test_start_that_means_nothing_is_refused_at_its_field(path, care, hr, hire, start, field, code):
    hire()

    with pytest.raises(Refused) as refusal:
        give(path, care, hr, Terms(STAGES, start))

    assert (refusal.value.field, refusal.value.code) == (field, code)


def test_whoever_cannot_meet_the_path_is_listed_with_the_reason(path, care, hr, hire):
    hire(name="老人", hired_on=date(2020, 1, 1))
    hire(name="未知", hired_on=None)
    hire(name="新人", hired_on=MONDAY)
    give(path, care, hr, ON_HIRE)

    assert reasons() == [("老人", date(2020, 1, 5), "due_in_past"), ("未知", None, "no_hire_date")]
    assert Participation.objects.get().person.name == "新人"


def test_fixed_start_before_the_hire_date_is_an_exception(path, care, hr, hire):
    hire(name="明天来", hired_on=MONDAY + 3 * DAY, username="later")
    from courses.programmes.schedule import path_of, sort_people

    assignment = give(path, care, hr, Terms(STAGES, Start("fixed", MONDAY))) if hire() else None
    found = sort_people(assignment, path_of(path, 1), [(9, MONDAY + 3 * DAY)], on=MONDAY)

    assert found.failed[9].reason == "before_hire"


def test_day_before_the_last_stage_opens_is_too_short(path, care, hr, hire):
    hire(name="甲")
    give(path, care, hr, Terms(Due("fixed", on=MONDAY + 3 * DAY)))

    assert reasons() == [("甲", MONDAY + 3 * DAY, "too_short")]


def test_too_few_working_hours_are_too_short(care, hr, hire):
    hire(name="甲")
    programme = ProgrammeFactory()
    course = CourseFactory()
    UnitFactory(course=course, minutes=500)
    ItemFactory(stage=StageFactory(programme=programme), course=course)

    give(programme, care, hr, Terms(Due("fixed", on=MONDAY)))

    assert reasons() == [("甲", MONDAY, "too_short")]


def test_due_date_moves_ahead_of_a_blackout(path, care, hr, hire):
    person = hire(name="甲")
    Season.objects.create(name="618", starts_on=date(2026, 6, 15), ends_on=date(2026, 6, 25), blackout=True)
    give(path, care, hr, TODAY)

    assert windows(person)["安抚"] == (date(2026, 6, 8), date(2026, 6, 14))


def test_stage_that_lies_within_a_blackout_is_an_exception(path, care, hr, hire):
    hire(name="甲")
    Season.objects.create(name="618", starts_on=date(2026, 6, 7), ends_on=date(2026, 6, 25), blackout=True)
    give(path, care, hr, TODAY)

    assert reasons() == [("甲", date(2026, 6, 21), "in_blackout")]


def test_override_gives_what_the_rule_says_and_makes_due_today_what_is_over(path, care, hr, hire):
    person = hire(name="老人", hired_on=MONDAY - 10 * DAY)
    give(path, care, hr, ON_HIRE)

    override(DueException.objects.get(), reason="本人同意", by=hr, at=NINE)

    assert windows(person)["规则"] == (MONDAY - 10 * DAY, MONDAY)
    assert windows(person)["安抚"] == (MONDAY - 3 * DAY, MONDAY + 10 * DAY)
    found = DueException.objects.get()
    assert (found.decision, found.resolution, found.resolved_by) == ("override", "本人同意", hr)


# --- Newcomers and leavers ---
@pytest.fixture
def standing(path, care, hr, hire):
    """A standing assignment that 甲 has."""
    hire(name="甲")
    return give(path, care, hr, Terms(STAGES, standing=True))


def test_newcomer_of_the_audience_gets_it_once_and_is_told(standing, care, hire):
    new = hire(name="乙")

    for _ in range(2):
        refresh([standing.audience], at=NINE + 3 * DAY)

    assert windows(new)["规则"] == (MONDAY + 3 * DAY, MONDAY + 7 * DAY)
    assert Enrolment.objects.filter(person=new).count() == 4
    assert Notice.objects.filter(person=new, kind="programme_assigned").count() == 1


def test_leaver_loses_what_is_open_with_the_reason_and_keeps_what_is_done(standing, company, hire):
    person = Participation.objects.get().person
    complete(person, "规则")
    person.department = company["sales"]
    person.save()

    for _ in range(2):
        refresh([standing.audience], at=NINE + 5 * DAY)

    rows = Enrolment.objects.filter(person=person).values_list("course__title", "withdrawn_reason").order_by("pk")
    assert dict(rows) == {"规则": "", "安抚": "已离开人群", "礼仪": "已离开人群", "情绪": "已离开人群"}
    assert states(standing) == [("甲", "left")]


def test_who_comes_back_gets_only_what_is_missing(standing, care, hire):
    person = Participation.objects.get().person
    complete(person, "规则")
    members_changed(care.pk, [], [person.pk], NINE + 4 * DAY)
    members_changed(care.pk, [person.pk], [], NINE + 6 * DAY)

    still = Enrolment.objects.open().filter(person=person)
    assert sorted(still.values_list("course__title", flat=True)) == sorted(["安抚", "礼仪", "情绪"])
    assert states(standing) == [("甲", "later")]


def test_exempted_stay_exempted_and_extended_stay_extended(standing, care, hr, hire):
    let_off = Participation.objects.get()
    later = hire(name="乙")
    members_changed(care.pk, [later.pk], [], NINE)
    extended = Participation.objects.get(person=later)
    exempt_participation(let_off, reason="产假", by=hr, at=NINE)
    extend_participation(extended, due_on=MONDAY + 60 * DAY, reason="支援大促", by=hr, at=NINE)

    members_changed(care.pk, [], [let_off.person_id, later.pk], NINE + DAY)
    members_changed(care.pk, [let_off.person_id, later.pk], [], NINE + 2 * DAY)

    assert states(standing) == [("甲", "exempted"), ("乙", "active")]
    assert not Enrolment.objects.open().filter(person=let_off.person).exists()
    assert {due for _opens, due in windows(later).values()} <= {MONDAY + 60 * DAY, MONDAY + 4 * DAY, MONDAY + 20 * DAY}
    assert DueException.objects.get(person=later).decision == "extend"


def test_individual_withdrawal_is_not_undone(standing, care, hr, hire):
    one = Enrolment.objects.filter(course__title="礼仪").get()
    withdraw(one, reason="已学过", at=NINE)

    carry_out(standing)

    assert Enrolment.objects.filter(course__title="礼仪").count() == 1


def test_ended_assignment_follows_nobody(standing, care, hr, hire):
    for _ in range(2):
        stop_following(standing, by=hr)
    new = hire(name="乙")
    members_changed(care.pk, [new.pk], [], NINE)

    care.refresh_from_db()
    assert (windows(new), care.watched) == ({}, False)


def test_waiting_exception_of_a_leaver_falls_away(path, care, hr, hire):
    person = hire(name="老人", hired_on=date(2020, 1, 1))
    assignment = give(path, care, hr, Terms(STAGES, Start("hire_date"), standing=True))
    let_go(assignment, [person.pk], at=NINE)

    assert reasons() == []


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.sampled_from(["join", "leave", "carry out"]), max_size=6))
def test_whatever_is_repeated_nothing_is_given_twice(standing, care, hire, steps):
    person = Participation.objects.get().person
    inside = Participation.objects.get().left_at is None
    for n, step in enumerate(steps):
        if step == "carry out":
            carry_out(standing)
            inside = True
        else:
            inside = step == "join"
            change = ([person.pk], []) if inside else ([], [person.pk])
            members_changed(care.pk, *change, NINE + n * DAY)

    assert Participation.objects.count() == 1
    assert Enrolment.objects.open().filter(person=person).count() == (4 if inside else 0)


# --- Completion ---
def test_required_items_and_enough_optional_ones_complete_the_programme(path, care, hr, hire):
    person = hire(name="甲")
    assignment = give(path, care, hr, TODAY)

    complete(person, "规则", "安抚")
    assert states(assignment) == [("甲", "active")]

    complete(person, "礼仪", at=NINE + 4 * DAY)
    part = Participation.objects.get()
    assert (part.state(MONDAY), part.completed_at) == ("completed", NINE + 4 * DAY)
    left_over = Enrolment.objects.get(course__title="情绪")
    assert left_over.withdrawn_reason == "培养方案已完成，不再需要"


def test_optional_item_that_was_begun_stays_open(path, care, hr, hire):
    person = hire(name="甲")
    give(path, care, hr, TODAY)
    Enrolment.objects.filter(course__title="情绪").update(started_at=NINE)

    complete(person, "规则", "安抚", "礼仪")

    assert Enrolment.objects.get(course__title="情绪").is_open


def test_settling_again_changes_nothing(path, care, hr, hire):
    person = hire(name="甲")
    assignment = give(path, care, hr, TODAY)
    complete(person, "规则", "安抚", "礼仪")

    assert (settle(assignment, [person.pk], at=NINE + 9 * DAY), settle_all(at=NINE + 9 * DAY)) == (0, 0)
    assert Participation.objects.get().completed_at == NINE + 3 * DAY


# --- Classes ---
@pytest.fixture
def with_class(path):
    item = {"title": "开班", "minutes": 90, "day": 6, "time": "09:30"}
    ItemFactory(stage=path.stages.get(title="跟岗"), kind="session", object_id=None, settings=item)
    return path


def test_all_with_the_same_start_sit_in_one_class_planned_once(with_class, care, hr, hire):
    hire(name="甲")
    hire(name="乙")
    assignment = give(with_class, care, hr, TODAY)
    third = hire(name="丙")
    carry_out(assignment)

    session = Session.objects.get()
    # Day 6 of the stage is a Saturday: the class is on the Monday after it.
    assert (session.title, session.starts_at) == ("开班", datetime(2026, 6, 15, 1, 30, tzinfo=UTC))
    assert session.places.count() == 3
    assert session.places.filter(person=third).exists()


@pytest.fixture
def on_day_one(path):
    item = {"title": "迎新", "minutes": 90, "day": 1, "time": "09:30"}
    ItemFactory(stage=path.stages.get(title="授课"), kind="session", object_id=None, settings=item)
    return path


def seats(person):
    held = SessionPlace.objects.held().filter(person=person)
    return [timezone.localtime(place.session.starts_at).strftime("%m-%d %H:%M") for place in held]


def test_who_joins_after_the_class_began_sits_in_the_next_working_days(on_day_one, care, hr, hire):
    """Friday morning, Friday afternoon, Monday: the one of the afternoon sits with those of Monday."""
    friday = NINE + 4 * DAY
    hire(name="甲")
    with clock.frozen(friday):
        assignment = give(on_day_one, care, hr, Terms(STAGES, standing=True), on=MONDAY + 4 * DAY)
    found = [Participation.objects.get().person]
    for name, moment in [("乙", friday + timedelta(hours=5)), ("丙", friday + 3 * DAY)]:
        found.append(hire(name=name))
        with clock.frozen(moment):
            for _ in range(2):
                refresh([assignment.audience], at=moment)

    assert [seats(person) for person in found] == [["06-05 09:30"], ["06-08 09:30"], ["06-08 09:30"]]
    assert Session.objects.count() == 2


def test_class_of_a_day_long_over_is_made_up_for_and_counts(on_day_one, care, hr, hire):
    person = hire(name="老人", hired_on=MONDAY - 10 * DAY)
    with clock.frozen(NINE):
        give(on_day_one, care, hr, ON_HIRE)
        override(DueException.objects.get(), reason="本人同意", by=hr, at=NINE)

    assert seats(person) == ["06-01 09:30"]


def test_next_working_day_is_outside_blackouts(on_day_one, care, hr, hire):
    person = hire(name="甲")
    Season.objects.create(name="大促", starts_on=date(2026, 6, 2), ends_on=date(2026, 6, 3), blackout=True)
    with clock.frozen(NINE + timedelta(hours=5)):
        give(on_day_one, care, hr, TODAY)

    assert seats(person) == ["06-04 09:30"]


def test_who_was_there_and_comes_back_needs_no_other_class(on_day_one, care, hr, hire):
    person = hire(name="甲")
    with clock.frozen(NINE):
        assignment = give(on_day_one, care, hr, Terms(STAGES, standing=True))
    SessionPlace.objects.update(attended_at=NINE + timedelta(hours=1))
    with clock.frozen(NINE + 2 * DAY):
        members_changed(care.pk, [], [person.pk], NINE + DAY)
        members_changed(care.pk, [person.pk], [], NINE + 2 * DAY)

    assert (states(assignment), seats(person)) == ([("甲", "later")], ["06-01 09:30"])


def test_class_counts_for_who_was_there(with_class, care, hr, hire):
    person = hire(name="甲")
    assignment = give(with_class, care, hr, TODAY)
    complete(person, "规则", "安抚", "礼仪")
    assert states(assignment) == [("甲", "active")]

    SessionPlace.objects.update(attended_at=NINE + 13 * DAY)
    settle_all(at=NINE + 14 * DAY)

    assert states(assignment) == [("甲", "completed")]


def test_who_is_elsewhere_at_that_time_is_left_out_and_named(with_class, care, hr, hire):
    free, busy = hire(name="甲"), hire(name="乙")
    other = SessionFactory(starts_at=datetime(2026, 6, 15, 2, 0, tzinfo=UTC))
    SessionPlaceFactory(session=other, person=busy)

    assignment = give(with_class, care, hr, TODAY)

    assert (seats(free), seats(busy)) == (["06-15 09:30"], ["06-15 10:00"])
    (missing,) = unseated(assignment, at=NINE)
    assert (missing.session.title, list(missing.names), missing.words) == ("开班", ["乙"], "乙")


def test_two_classes_of_a_programme_at_once_seat_a_person_in_the_first(with_class, path, care, hr, hire):
    person = hire(name="甲")
    item = {"title": "同时", "minutes": 60, "day": 6, "time": "10:00"}
    ItemFactory(stage=path.stages.get(title="跟岗"), kind="session", object_id=None, settings=item)

    assignment = give(with_class, care, hr, TODAY)

    assert seats(person) == ["06-15 09:30"]
    assert [missing.session.title for missing in unseated(assignment, at=NINE)] == ["同时"]


def test_leaver_gives_the_seat_back(with_class, care, hr, hire):
    person = hire(name="甲")
    assignment = give(with_class, care, hr, TODAY)
    let_go(assignment, [person.pk], at=NINE)

    assert SessionPlace.objects.get().cancelled_at == NINE


def test_days_after_the_last_class(with_class, path, care, hr, hire):
    person = hire(name="甲")
    give(with_class, care, hr, Terms(Due("after_session", days=10)))

    assert {due for _opens, due in windows(person).values()} == {date(2026, 6, 23)}


def test_rule_of_a_class_that_there_is_not_is_an_exception(path, care, hr, hire):
    hire(name="甲")
    give(path, care, hr, Terms(Due("after_session", days=10)))

    assert reasons() == [("甲", None, "no_session")]
