from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses.calendar.sources import SOURCES, Entry, Source
from courses.models import Occurrence, SessionPlace, Topic
from courses.series.models import SessionKind
from courses.workdays.regions import Region
from tests.factories.courses import EnrolmentFactory, RefresherFactory, TopicFactory
from tests.factories.planning import HOUR, NINE, SeasonFactory, SessionFactory, SessionPlaceFactory
from tests.factories.workdays import CompanyDayFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)
DECEMBER = {"day": "2026-12-01"}

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def look(client, hr):
    """`look(person, room=3)`: the context of the page of December 2026."""

    def get(person=hr, **query):
        client.force_login(person, backend="trainingsite.people.access.backend.PersonBackend")
        return client.get(reverse("calendar"), {**DECEMBER, **query}).context

    return get


def titles(context):
    return [entry.title for day in context["days"] for entry in day.entries]


def on(context, text):
    """The day of the page."""
    return next(day for day in context["days"] if day.date == date.fromisoformat(text))


def words(entry):
    return [str(state.word) for state in entry.states]


# --- Who sees what ---------------------------------------------------------------------------------------------------
def test_each_role_sees_its_sessions(look, hire):
    teacher, boss = hire(Role.INSTRUCTOR), hire(Role.SUPERVISOR, department="care")
    agent, stranger = hire(department="disputes"), hire(department="sales")
    below = SessionFactory(title="组内", starts_at=NINE, instructors=[teacher])
    SessionPlaceFactory(session=below, person=agent)
    other = SessionFactory(title="别组", starts_at=NINE + DAY)
    SessionPlaceFactory(session=other, person=stranger)

    seen = {person: titles(look(person)) for person in (agent, stranger, teacher, boss, hire(Role.AUDITOR))}

    assert list(seen.values()) == [["组内"], ["别组"], ["组内"], ["组内"], ["组内", "别组"]]
    assert titles(look()) == ["组内", "别组"]


def test_place_that_was_given_up_is_no_longer_shown(look, hire):
    person = hire()
    SessionPlaceFactory(person=person, cancelled_at=NINE)

    assert titles(look(person)) == []


def test_trainee_has_no_filters_of_other_people(look, hire):
    fields = look(hire())["asked"].chips.form.fields

    assert list(fields) == ["kind", "topic", "region"]
    assert "department" in look()["asked"].chips.form.fields


def test_entry_shows_time_place_people_and_that_it_is_mine(look, hire):
    person = hire()
    session = SessionFactory(title="工作坊", capacity=12)
    SessionPlaceFactory(session=session, person=person)

    (entry,) = on(look(person), "2026-12-01").entries

    assert (entry.starts, entry.ends) == ("2026-12-01T09:00:00", "2026-12-01T10:00:00")
    assert (entry.place, entry.people, entry.mine) == (session.place, "1/12", True)
    assert entry.url == reverse("session", args=[session.pk])


def test_state_is_said_in_words(look, hire):
    person = hire()
    cancelled = SessionFactory(starts_at=NINE, cancelled_at=NINE)
    full = SessionFactory(starts_at=NINE + DAY, capacity=1)
    SessionPlaceFactory(session=full, person=hire())
    SessionPlaceFactory(session=full, person=person, waiting_since=NINE)
    few = SessionFactory(starts_at=NINE + 2 * DAY, minimum=5, too_few_at=NINE)
    for session in (cancelled, few):
        SessionPlaceFactory(session=session, person=person)

    context = look(person)
    shown = [on(context, f"2026-12-0{n}").entries[0] for n in (1, 2, 3)]

    assert [words(entry)[0] for entry in shown] == ["已取消", "你正在候补", "人数不足"]
    assert words(shown[1])[1:] == ["已满", "1 人候补"]
    assert [entry.cancelled for entry in shown] == [True, False, False]


def test_days_of_the_neighbouring_months_fill_the_weeks(look):
    SessionFactory(title="十一月", starts_at=NINE - DAY)
    SessionFactory(title="一月", starts_at=NINE + 33 * DAY)
    SessionFactory(title="之外", starts_at=NINE + 34 * DAY)

    assert titles(look()) == ["十一月", "一月"]
    assert titles(look(view="list")) == []
    assert [on(look(), day).inside for day in ("2026-11-30", "2027-01-03")] == [False, False]


def test_session_at_midnight_belongs_to_the_day_of_the_zone(look):
    SessionFactory(title="早会", starts_at=NINE - 9 * HOUR)
    SessionFactory(title="夜班", starts_at=NINE - 10 * HOUR)

    assert [on(look(), day).entries[0].title for day in ("2026-11-30", "2026-12-01")] == ["夜班", "早会"]


# --- Filters ---------------------------------------------------------------------------------------------------------
def test_sessions_are_narrowed_by_what_they_have(look, hire, company):
    teacher, agent = hire(Role.INSTRUCTOR), hire(department="disputes")
    above = TopicFactory()
    below = TopicFactory(parent=above)
    chosen = SessionFactory(title="选中", kind=SessionKind.WORKSHOP, topic=below, instructors=[teacher])
    SessionPlaceFactory(session=chosen, person=agent)
    SessionFactory(title="其他", starts_at=NINE + DAY, topic=TopicFactory())

    narrowed = [
        look(room=chosen.room_id),
        look(instructor=teacher.instructor.pk),
        look(kind="workshop"),
        look(topic=above.pk),
        look(department=company["care"].pk),
        look(teacher, mine="on"),
    ]

    assert [titles(context) for context in narrowed] == [["选中"]] * len(narrowed)
    assert titles(look(room=chosen.room_id, kind="team")) == []


def test_mine_are_those_that_one_gives_waits_for_or_attends(look, hire):
    boss = hire(Role.SUPERVISOR, department="care")
    agent = hire(department="disputes")
    for number, person in enumerate((boss, agent)):
        SessionPlaceFactory(session=SessionFactory(title=person.name, starts_at=NINE + number * DAY), person=person)
    waiting = SessionFactory(title="候补", starts_at=NINE + 2 * DAY)
    SessionPlaceFactory(session=waiting, person=boss, waiting_since=NINE)

    assert titles(look(boss, mine="on")) == [boss.name, "候补"]
    assert titles(look(boss)) == [boss.name, agent.name, "候补"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("room", "x"), ("room", "999999"), ("instructor", "-1"), ("topic", "1;"), ("kind", "party"), ("region", "US")],
)
def test_filter_that_is_none_is_said_at_its_field_and_narrows_nothing(look, name, value):
    SessionFactory(title="都在")

    context = look(**{name: value})

    assert (list(context["asked"].bar.form.errors), titles(context)) == ([name], ["都在"])


@pytest.mark.parametrize("day", ["", "x", "2026-13-45", "99999-01-01"])
def test_day_that_is_none_shows_today(look, day):
    context = look(day=day)

    assert (context["span"].begin, on(context, "2026-12-03").is_today) == (date(2026, 12, 1), True)


def test_view_that_is_none_shows_the_month(look):
    assert [(c["span"].view, c["explicit"]) for c in (look(view="year"), look(view="week"))] == [
        ("month", False),
        ("week", True),
    ]


def test_filter_and_day_stay_in_the_address_of_the_other_views(client, hr):
    room = SessionFactory().room_id
    client.force_login(hr, backend="trainingsite.people.access.backend.PersonBackend")

    page = client.get(reverse("calendar"), {**DECEMBER, "view": "week", "room": room}).content.decode()

    assert f"?day=2026-12-01&amp;view=list&amp;room={room}" in page
    assert '<input type="hidden" name="view" value="week" id="id_view">' in page


# --- Refreshers ------------------------------------------------------------------------------------------------------
@pytest.fixture
def run(db):
    """A run that opens on 7 December and is due on the 21st."""
    refresher = RefresherFactory(title="月度复训")
    return Occurrence.objects.create(refresher=refresher, on=date(2026, 12, 7), due_on=date(2026, 12, 21))


def test_planner_sees_when_a_run_opens_and_is_due(look, run):
    context = look()

    shown = [on(context, day).entries[0] for day in ("2026-12-07", "2026-12-21")]
    assert [entry.source for entry in shown] == ["refreshers"] * 2
    assert shown[0].title == "月度复训"
    assert "月度复训" in shown[1].title
    assert {entry.url for entry in shown} == {reverse("refresher", args=[run.refresher_id])}


def test_person_sees_the_own_runs_alone(look, hire, run):
    person, stranger = hire(), hire()
    EnrolmentFactory(person=person, course=run.refresher.course, occurrence=run)

    assert [len(titles(look(each))) for each in (person, stranger)] == [2, 0]
    assert on(look(person), "2026-12-07").entries[0].url == reverse("my-courses")


def test_skipped_run_is_crossed_out_and_not_due(look, run):
    Occurrence.objects.filter(pk=run.pk).update(state="skipped", skipped_reason="大促")

    (entry,) = [entry for day in look()["days"] for entry in day.entries]
    assert (entry.cancelled, words(entry)) == (True, ["已跳过"])


def test_runs_are_narrowed_by_topic_department_and_mine(look, hire, run, company):
    agent = hire(department="disputes")
    EnrolmentFactory(person=agent, course=run.refresher.course, occurrence=run)
    topic = run.refresher.course.topic
    other = TopicFactory()

    found = [
        look(topic=topic.pk),
        look(topic=other.pk),
        look(department=company["care"].pk),
        look(department=company["sales"].pk),
        look(mine="on"),
        look(kind="class"),
    ]

    assert [len(titles(context)) for context in found] == [2, 0, 2, 0, 0, 0]


# --- The background --------------------------------------------------------------------------------------------------
def marks(context):
    return [(mark.first.isoformat(), mark.name, mark.level) for day in context["days"] for mark in day.marks]


def test_holidays_company_days_and_blackouts_mark_their_days(look):
    SeasonFactory(name="双12", starts_on=date(2026, 12, 12), ends_on=date(2026, 12, 12))
    CompanyDayFactory(day=date(2026, 12, 31), name="盘点日")
    CompanyDayFactory(day=date(2026, 12, 30), name="台北", region="TW")

    found = marks(look())

    assert found[:2] == [("2026-12-12", "双12", "closed"), ("2026-12-31", "盘点日", "off")]
    assert ("2027-01-01", "元旦", "off") in found


def test_region_is_the_one_chosen_else_that_of_the_persons_zone(look, hr):
    hk = [name for _day, name, _level in marks(look(region="HK"))]
    everywhere = [name for _day, name, _level in marks(look(region="all"))]
    hr.time_zone = "Asia/Hong_Kong"
    hr.save()

    assert "圣诞节" in hk
    assert [name for _day, name, _level in marks(look(region=""))] == hk
    assert f"圣诞节 · {Region.HK.label}" in everywhere


def test_blackout_is_shown_to_those_who_plan(look, hire):
    SeasonFactory()

    assert "双12" not in [name for _day, name, _level in marks(look(hire()))]
    assert [level for _day, name, level in marks(look()) if name == "双12"] == ["closed"] * 7


def test_planner_may_plan_on_days_from_today_on(look, hire):
    free = [day.date for day in look()["days"] if day.may_plan]

    assert (free[0], free[-1], len(free)) == (date(2026, 12, 3), date(2027, 1, 3), 32)
    assert [day for day in look(hire(Role.AUDITOR))["days"] if day.may_plan] == []


# --- Sources and numbers ---------------------------------------------------------------------------------------------
def test_other_apps_plug_in_their_entries(look, monkeypatch):
    own = Entry(day=date(2026, 12, 9), title="面谈", source="check-ins")
    monkeypatch.setitem(SOURCES._things, "check-ins", Source("Check-ins", "users", 30, lambda _window: [own]))

    assert on(look(), "2026-12-09").entries == [own]


@pytest.mark.parametrize("sessions", [1, 500])
def test_month_takes_eight_queries(as_, hr, hire, sessions, django_assert_max_num_queries):
    person = hire()
    rooms = [SessionFactory(starts_at=NINE + DAY, topic=Topic.objects.first()).room for _ in range(2)]
    made = [
        SessionFactory.build(room=rooms[n % 2], starts_at=NINE + (n // 2) * HOUR, ends_at=NINE + (n // 2 + 1) * HOUR)
        for n in range(sessions)
    ]
    for number, session in enumerate(made):
        session.starts_at += 2 * DAY + (number % 2) * timedelta(minutes=1)
        session.ends_at = session.starts_at + timedelta(minutes=50)
        session.save()
    SessionPlace.objects.create(session=made[0], person=person)
    browse = as_(hr)
    browse.get(reverse("calendar"), DECEMBER)

    with django_assert_max_num_queries(8):
        answer = browse.get(reverse("calendar"), DECEMBER)

    assert len(titles(answer.context)) == sessions + 2


def test_everything_at_once_takes_eight_queries(as_, hr, run, django_assert_max_num_queries):
    SeasonFactory()
    CompanyDayFactory(day=date(2026, 12, 31))
    session = SessionFactory(topic=TopicFactory())
    browse = as_(hr)
    query = {**DECEMBER, "room": session.room_id, "topic": session.topic_id, "region": "all", "mine": "on"}
    browse.get(reverse("calendar"), query)

    with clock.frozen(NINE), django_assert_max_num_queries(8):
        browse.get(reverse("calendar"), query)
