import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.audiences.members import watch
from courses.seats.actions import sign_up
from courses.seats.panels import coming, short
from tests.factories.courses import AudienceFactory, TopicFactory
from tests.factories.planning import HOUR, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import let_teach
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def begin(db):
    """Ten o'clock in ten days."""
    return timezone.localtime(clock.now()).replace(hour=10, minute=0, second=0, microsecond=0) + 10 * DAY


@pytest.fixture
def workshop(open_session, begin):
    return open_session(title="情绪工作坊", starts_at=begin, capacity=1)


@pytest.fixture
def person(hire):
    return hire(name="林小雨")


@pytest.fixture
def browse(as_, person):
    return as_(person)


@pytest.fixture
def offers(browse):
    """`offers(free="on")`: the titles on the page of sessions to sign up for."""

    def titles(**query):
        return [row.session.title for row in browse.get(reverse("session-openings"), query).context["rows"]]

    return titles


def act(browse, name, session, data=None, **options):
    return browse.post(reverse(name, args=[session.pk]), data or {}, **options)


def names(session):
    """Who sits, and who waits."""
    seated = session.places.filter(seat__isnull=False).order_by("seat")
    waiting = session.places.waiting()
    return [list(places.values_list("person__name", flat=True)) for places in (seated, waiting)]


def test_only_what_is_open_to_the_person_is_offered(offers, open_session, hire, company, begin, person):
    audience = AudienceFactory(conditions=[{"kind": "department", "value": [company["sales"].pk]}])
    watch(audience, at=clock.now())
    now = clock.now()
    open_session(title="B", starts_at=begin + DAY)
    open_session(title="A", starts_at=begin)
    own = open_session(title="C", starts_at=begin + 2 * DAY, sign_up_until=now - HOUR)
    SessionPlaceFactory(session=own, person=person)
    for closed in (
        {"entry": "assigned"},
        {"audience": audience},
        {"starts_at": now - DAY},
        {"cancelled_at": now},
        {"sign_up_until": now - HOUR},
        {"instructors": [person]},
    ):
        open_session(**{"title": "zu", "starts_at": begin + 5 * DAY, **closed})

    assert offers() == ["A", "B", "C"]


def test_offers_are_narrowed(offers, open_session, hire, begin):
    topic = TopicFactory(title="情绪管理")
    first = open_session(title="工作坊", starts_at=begin, kind="workshop", topic=topic, capacity=1)
    open_session(
        title="复盘会", starts_at=begin + 7 * DAY, kind="review", instructors=[hire(Role.INSTRUCTOR, name="陈讲师")]
    )
    SessionPlaceFactory(session=first)
    monday = (begin - begin.weekday() * DAY).date().isoformat()

    assert offers(q="工作") == ["工作坊"]
    assert offers(q="陈讲") == ["复盘会"]
    assert offers(kind="review") == ["复盘会"]
    assert offers(topic=topic.pk) == ["工作坊"]
    assert offers(free="on") == ["复盘会"]
    assert offers(week=monday) == ["工作坊"]
    assert offers(week="2020-01-06") == offers(kind="x") == offers(week="bald") == ["工作坊", "复盘会"]


def test_one_tap_signs_up_and_undo_takes_it_back(browse, workshop):
    stand = act(browse, "session-sign-up", workshop, headers=HTMX).context["stand"]
    assert (stand.place.seat, stand.turn, stand.fresh) == (1, None, True)

    answer = act(browse, "session-give-up", workshop, {"undo": "1"}, headers=HTMX)
    assert (answer.context["stand"].place, names(workshop)) == (None, [[], []])


def test_without_scripts_one_tap_leads_to_the_session(browse, workshop):
    answer = act(browse, "session-sign-up", workshop, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("session", args=[workshop.pk])
    assert names(workshop) == [["林小雨"], []]


def test_tap_on_a_full_one_waits_and_says_the_turn(browse, workshop, person):
    SessionPlaceFactory(session=workshop)
    SessionPlaceFactory(session=workshop, waiting_since=clock.now() - HOUR)

    stand = act(browse, "session-sign-up", workshop, headers=HTMX).context["stand"]

    assert (stand.turn, stand.place.waiting_since is not None, names(workshop)[1]) == (2, True, ["张伟", "林小雨"])


def test_refusal_is_told_and_changes_nothing(browse, workshop, person, begin):
    SessionPlaceFactory(session=SessionFactory(title="复盘会", starts_at=begin), person=person)

    answer = act(browse, "session-sign-up", workshop, headers=HTMX)

    assert ("复盘会" in answer.content.decode(), answer.context["stand"].clashes) == (True, True)
    assert names(workshop) == [[], []]


def test_giving_up_asks_first_and_keeps_the_reason(browse, workshop, person, hire):
    sign_up(workshop, person, at=clock.now())
    sign_up(workshop, hire(name="王小明"), at=clock.now())
    page = browse.get(reverse("session-give-up", args=[workshop.pk]))
    assert page.context["stand"].session.waiting == 1

    answer = act(browse, "session-give-up", workshop, {"reason": "要值班"})

    assert (answer.url, names(workshop)) == (reverse("my-sessions"), [["王小明"], []])
    assert workshop.places.get(person=person).given_up_reason == "要值班"


def test_assigned_seat_is_not_given_up_on_the_page_either(browse, person, begin):
    place = SessionPlaceFactory(session=SessionFactory(starts_at=begin), person=person)

    answer = act(browse, "session-give-up", place.session, {"reason": ""})

    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    place.refresh_from_db()
    assert place.seat == 1


def test_who_has_no_place_is_led_to_the_session_and_who_may_not_see_it_finds_nothing(browse, workshop, begin):
    foreign = SessionFactory(starts_at=begin)

    assert browse.get(reverse("session-give-up", args=[workshop.pk])).url == reverse("session", args=[workshop.pk])
    for name in ("session-sign-up", "session-give-up"):
        assert act(browse, name, foreign).status_code == 404


def test_own_sessions_wait_come_and_are_past(browse, workshop, person, begin, hire):
    SessionPlaceFactory(session=workshop)
    sign_up(workshop, person, at=clock.now())
    seat = SessionPlaceFactory(session=SessionFactory(starts_at=begin + DAY), person=person)
    given = SessionFactory(starts_at=begin + 2 * DAY, instructors=[person])
    past = SessionPlaceFactory(session=SessionFactory(starts_at=begin - 30 * DAY), person=person, late_minutes=5)
    SessionPlaceFactory(session=SessionFactory(starts_at=begin + 3 * DAY), person=person, cancelled_at=begin)

    page = browse.get(reverse("my-sessions")).context

    assert [(session, session.own[0].turn) for session in page["waits"]] == [(workshop, 1)]
    assert list(page["coming"]) == [seat.session, given]
    assert list(page["page"]) == [past]
    assert page["openings"] == 0


def test_session_that_is_going_on_stands_first_with_the_check_in(browse, person):
    begin = clock.now() - timedelta(minutes=1)
    seat = SessionPlaceFactory(session=SessionFactory(starts_at=begin), person=person)
    called_off = SessionFactory(starts_at=begin, instructors=[person], cancelled_at=begin, cancelled_reason="停电")

    page = browse.get(reverse("my-sessions"))
    assert (page.context["running"], page.context["coming"]) == ([seat.session], [called_off])
    assert reverse("session-check-in", args=[seat.session_id]) in page.content.decode()


def test_session_that_one_gives_now_leads_to_its_roster(browse, person):
    given = SessionFactory(starts_at=clock.now() - timedelta(minutes=3), instructors=[person])

    page = browse.get(reverse("my-sessions"))

    assert (page.context["running"], page.context["coming"]) == ([given], [])
    assert reverse("session-roster", args=[given.pk]) in page.content.decode()


def test_first_page_says_what_comes_and_what_is_offered(workshop, person, begin, hire):
    offered = coming(person, begin.date())
    assert (offered["rows"], offered["waits"], offered["openings"]) == ([], [], 1)
    SessionPlaceFactory(session=workshop)
    sign_up(workshop, person, at=clock.now())

    found = coming(person, begin.date())

    assert ([session.own[0].turn for session in found["waits"]], found["more"]) == ([1], False)
    assert coming(hire(Role.AUDITOR), begin.date()) == {}


def test_planners_see_all_that_fall_short_and_instructors_their_own(hire, open_session, begin):
    teacher = hire(Role.INSTRUCTOR)
    fields = {"minimum": 2, "too_few_at": clock.now()}
    own = open_session(starts_at=begin, instructors=[teacher], **fields)
    other = open_session(starts_at=begin + DAY, **fields)
    open_session(starts_at=begin - 20 * DAY, **fields)

    assert short(hire(Role.HR), begin.date())["rows"] == [own, other]
    assert short(teacher, begin.date())["rows"] == [own]
    assert short(hire(Role.SUPERVISOR), begin.date()) == {}


@pytest.fixture
def line(open_session, begin, hire):
    """A session of one seat for which three people wait: 0 sits, 1 to 3 wait."""
    session = open_session(starts_at=begin, capacity=1)
    for number in range(4):
        sign_up(session, hire(name=f"客服{number}"), at=clock.now())
    return session


@pytest.fixture
def lead(hire, line, as_):
    """The browser of the session's instructor."""
    teacher = hire(Role.INSTRUCTOR)
    let_teach(line, teacher)
    return as_(teacher)


def test_instructor_orders_the_line_and_takes_out(lead, line):
    def do(what, name):
        return act(lead, "session-seat", line, {what: line.places.get(person__name=name).pk})

    do("up", "客服3")
    assert names(line) == [["客服0"], ["客服1", "客服3", "客服2"]]
    do("down", "客服1")
    assert names(line) == [["客服0"], ["客服3", "客服1", "客服2"]]
    do("seat", "客服2")
    assert names(line)[0] == ["客服0"]
    do("out", "客服0")
    assert names(line) == [["客服3"], ["客服1", "客服2"]]
    do("out", "客服1")
    assert names(line) == [["客服3"], ["客服2"]]


@pytest.mark.parametrize("data", [{}, {"up": "x"}, {"up": ""}, {"up": "99999999999999999999"}, {"dance": "1"}])
def test_place_that_is_none_is_not_found(lead, line, data):
    assert act(lead, "session-seat", line, data).status_code == 404


def test_export_holds_seats_then_the_line_then_those_who_left(lead, line):
    act(lead, "session-seat", line, {"out": line.places.get(person__name="客服3").pk})

    text = b"".join(lead.get(reverse("session-seats-export", args=[line.pk]))).decode("utf-8-sig")

    rows = [(row[0], row[1], row[2]) for row in csv.reader(StringIO(text))][1:]
    assert rows == [("1", "", "客服0"), ("", "1", "客服1"), ("", "2", "客服2"), ("", "", "客服3")]


@pytest.fixture
def too_few(open_session, begin):
    return open_session(starts_at=begin, capacity=5, minimum=3, minimum_by=clock.now(), too_few_at=clock.now())


def test_planner_holds_it_anyway_or_gives_more_time(as_, hire, too_few, begin):
    browse = as_(hire(Role.HR))
    page = browse.get(reverse("session", args=[too_few.pk])).content.decode()
    assert all(
        reverse(name, args=[too_few.pk]) in page for name in ("session-hold", "session-extend", "session-cancel")
    )

    until = begin - DAY
    act(browse, "session-extend", too_few, {"until": until.strftime("%Y-%m-%dT%H:%M")})
    too_few.refresh_from_db()
    assert (too_few.minimum_by, too_few.too_few_at) == (until, None)
    act(browse, "session-hold", too_few)
    too_few.refresh_from_db()
    assert too_few.minimum_by == too_few.starts_at


@pytest.mark.parametrize("until", ["", "bald", "2020-01-01T10:00", "2099-01-01T10:00"])
def test_bad_deadline_is_refused_at_its_field(as_, hire, too_few, until):
    answer = act(as_(hire(Role.HR)), "session-extend", too_few, {"until": until})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until"])


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_take_as_many_queries_for_one_row_as_for_thirty(
    as_, hire, open_session, begin, person, rows, django_assert_max_num_queries
):
    hr = hire(Role.HR)
    queue = open_session(starts_at=begin - DAY, capacity=1, minimum=1)
    for number in range(rows):
        session = open_session(starts_at=begin + number * 2 * HOUR, capacity=3, instructors=[hire(Role.INSTRUCTOR)])
        SessionPlaceFactory(session=session, person=person, signed_up=True, waiting_since=clock.now())
        sign_up(open_session(starts_at=begin + (60 + number * 2) * HOUR), person, at=clock.now())
        open_session(starts_at=begin + (600 + number * 2) * HOUR)
        SessionPlaceFactory(session=SessionFactory(starts_at=begin - (40 + number) * DAY), person=person)
        sign_up(queue, hire(), at=clock.now())
    seen = [(person, "session-openings", [], 8), (person, "my-sessions", [], 9), (hr, "session", [queue.pk], 19)]
    for user, name, args, queries in seen:
        browse = as_(user)
        browse.get(reverse(name, args=args))
        with django_assert_max_num_queries(queries):
            browse.get(reverse(name, args=args))


@pytest.mark.parametrize("rows", [1, 30])
def test_panel_of_the_first_page_takes_six_queries(open_session, begin, person, rows, django_assert_max_num_queries):
    for number in range(rows):
        session = open_session(starts_at=begin + number * 2 * HOUR)
        SessionPlaceFactory(session=session, person=person, waiting_since=clock.now())
        open_session(starts_at=begin + (600 + number * 2) * HOUR)

    with django_assert_max_num_queries(6):
        assert coming(person, begin.date())["openings"] == rows
