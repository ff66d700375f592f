from datetime import date, timedelta

import pytest
from django.urls import reverse

from courses.calendar.sources import SOURCES, Entry, Source
from courses.models import SessionPlace, Topic
from courses.series.models import SessionKind
from tests.courses.calendar.reading import DECEMBER, on, titles, words
from tests.factories.courses import TopicFactory
from tests.factories.planning import HOUR, NINE, SeasonFactory, SessionFactory, SessionPlaceFactory
from tests.factories.workdays import CompanyDayFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("today")


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
