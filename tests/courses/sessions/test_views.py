from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from courses.models import PlanningRule, Session
from courses.sessions.clashes import when_shown
from courses.sessions.models import Answer
from courses.sessions.notices import told_words
from tests.factories.courses import AudienceFactory
from tests.factories.planning import HOUR, BusyTimeFactory, SeasonFactory, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory
from tests.factories.workdays import clear_of_holidays
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)
FACTS = {"kind": "class", "entry": "assigned"}


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


@pytest.fixture
def begin(db):
    """Ten o'clock in ten days, or a few later when holidays are in the way."""
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)
    return clear_of_holidays(
        timezone.localtime(clock.now()).replace(hour=10, minute=0, second=0, microsecond=0) + 10 * DAY
    )


@pytest.fixture
def sent(begin):
    return {
        "title": "投诉处理工作坊",
        "starts_at": begin.strftime("%Y-%m-%dT%H:%M"),
        "minutes": "60",
        "kind": "class",
        "entry": "assigned",
        "room": str(RoomFactory(name="培训室 A").pk),
        "token": str(uuid4()),
    }


@pytest.fixture
def planned(begin):
    return SessionFactory(title="投诉处理工作坊", starts_at=begin, room__name="培训室 A")


def asked(begin):
    return {"starts_at": begin.strftime("%Y-%m-%dT%H:%M")}


def test_people_found_by_name_and_those_of_an_audience_get_places(browse, sent, hire, company):
    chosen, matching = hire(department="sales"), hire(department="disputes")
    audience = AudienceFactory(conditions=[{"kind": "department", "value": [company["disputes"].pk]}])

    for _twice in range(2):
        browse.post(reverse("session-new"), {**sent, "people": [chosen.pk], "audience": audience.pk})

    session = Session.objects.get()
    assert set(session.places.values_list("person", flat=True)) == {chosen.pk, matching.pk}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"starts_at": "bald"}, "starts_at"),
        ({"starts_at": "2020-01-01T10:00"}, "starts_at"),
        ({"minutes": "5"}, "minutes"),
        ({"room": ""}, "room"),
        ({"join_url": "ftp:/x"}, "join_url"),
        ({"people": ["0"]}, "people"),
        ({"capacity": "0"}, "capacity"),
        ({"token": "x"}, "token"),
    ],
)
def test_bad_session_is_refused_at_its_field(browse, sent, changed, field):
    response = browse.post(reverse("session-new"), {**sent, **changed})

    assert (response.status_code, list(response.context["form"].errors), Session.objects.count()) == (422, [field], 0)


def test_shift_is_shown_and_planned_when_ticked(browse, sent, hire, begin):
    person = hire(name="王小明")
    BusyTimeFactory(person=person, period=(begin, begin + HOUR))
    sent = {**sent, "people": [person.pk]}

    response = browse.post(reverse("session-new"), sent)
    form = response.context["form"]
    assert (form.may_go_anyway, [clash.names for clash in form.clashes]) == (True, [("王小明",)])
    assert form.non_field_errors() == [gettext("Please mind what is said below.")]
    assert [shown.name for shown in response.context["chosen"]] == ["王小明"]

    browse.post(reverse("session-new"), {**sent, "anyway": "on"})
    assert Session.objects.count() == 1


def test_tick_does_not_help_against_a_blackout(browse, sent, begin):
    SeasonFactory(starts_on=begin.date(), ends_on=begin.date())

    form = browse.post(reverse("session-new"), {**sent, "anyway": "on"}).context["form"]

    assert ([clash.kind for clash in form.clashes], form.may_go_anyway) == (["inside_blackout"], False)


def test_panel_says_what_a_move_does_and_changes_nothing(browse, planned, begin, hire):
    SessionPlaceFactory(session=planned, person=hire())
    day = (begin + 2 * DAY).date()
    SeasonFactory(starts_on=day, ends_on=day)

    context = browse.get(reverse("session-move", args=[planned.pk]), {"day": day.isoformat()}).context

    assert (context["told"], context["hard"], context["free"]) == (1, True, day + DAY)
    planned.refresh_from_db()
    assert planned.starts_at == begin


def test_moved_from_the_board_leads_back_to_it(browse, planned, begin, hire):
    SessionPlaceFactory(session=planned, person=hire())
    sent = {**asked(begin + DAY), "back": "/board/?quarter=2026-4"}

    response = browse.post(reverse("session-move", args=[planned.pk]), sent, headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == "/board/?quarter=2026-4"
    planned.refresh_from_db()
    assert (planned.starts_at, Notice.objects.filter(kind="session_moved").count()) == (begin + DAY, 1)


def test_warning_of_a_move_names_the_new_day(browse, planned, begin, hire):
    person, later = hire(), begin + DAY
    SessionPlaceFactory(session=planned, person=person)
    BusyTimeFactory(person=person, period=(later, later + HOUR))

    (clash,) = browse.post(reverse("session-move", args=[planned.pk]), asked(later)).context["clashes"]

    assert clash.text.startswith(date_format(later, "DATE_FORMAT"))


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("name", ["session-move", "session-cancel"])
def test_as_many_are_told_as_have_a_place_or_give_it_here_or_from_outside(browse, begin, hire, name):
    experts = [OutsideInstructorFactory(email=email) for email in ("lin@example.com", "")]
    nobody, full = SessionFactory(starts_at=begin), SessionFactory(starts_at=begin, instructors=[hire(), *experts])
    SessionPlaceFactory(session=full, person=hire())
    sent = {**asked(begin + DAY), "reason": "停电", "anyway": "on"}

    assert browse.get(reverse(name, args=[full.pk])).context["told"] == 3
    for session, words in ((nobody, told_words(0)), (full, told_words(3))):
        *_before, message = said(browse.post(reverse(name, args=[session.pk]), sent))
        assert message.endswith(words)


def test_nobody_is_said_to_be_told_when_nothing_moves(browse, planned, begin, hire):
    SessionPlaceFactory(session=planned, person=hire())

    (message,) = said(browse.post(reverse("session-move", args=[planned.pk]), asked(begin)))

    assert message.endswith(told_words(0))


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com/", "board"])
def test_move_leads_nowhere_else(browse, planned, begin, back):
    response = browse.post(reverse("session-move", args=[planned.pk]), {**asked(begin + DAY), "back": back})

    assert response.url == reverse("session", args=[planned.pk])


@pytest.mark.parametrize("query", [{"day": "2026-13-45"}, {"starts_at": "x"}, {"starts_at": "2026-02-31T10:00"}])
def test_day_that_is_none_shows_the_present_time(browse, planned, query):
    assert browse.get(reverse("session-move", args=[planned.pk]), query).context["same"]


def test_edited_session_keeps_its_time(browse, planned, begin):
    other = RoomFactory(name="培训室 B")
    browse.post(reverse("session-edit", args=[planned.pk]), {**FACTS, "title": "进阶", "room": other.pk})

    planned.refresh_from_db()
    assert (planned.title, planned.room, planned.starts_at, planned.moves) == ("进阶", other, begin, 1)


def test_cancelled_with_a_reason_only(browse, planned):
    address = reverse("session-cancel", args=[planned.pk])
    assert browse.post(address, {"reason": ""}).status_code == 422
    browse.post(address, {"reason": "讲师出差"})

    planned.refresh_from_db()
    assert (planned.cancelled_reason, bool(planned.cancelled_at)) == ("讲师出差", True)


def test_page_to_cancel_says_which_day_and_leads_back(browse, planned):
    page = browse.get(reverse("session-cancel", args=[planned.pk]))

    assert page.context["when"] == when_shown(planned.starts_at, planned.ends_at)
    assert page.content.decode().count(f'href="{reverse("session", args=[planned.pk])}"') == 2


def test_roster_counts_the_answers_and_releases_the_seat_of_who_declined(browse, planned, hire):
    answers = [Answer.ACCEPTED, Answer.ACCEPTED, Answer.DECLINED, Answer.NONE]
    places = [SessionPlaceFactory(session=planned, person=hire(), answer=answer) for answer in answers]
    address = reverse("session", args=[planned.pk])

    page = browse.get(address)
    (panel,) = [shown for shown in page.context["panels"] if shown.key == "roster"]
    assert panel.data["answers"] == [(Answer.ACCEPTED, 2), (Answer.DECLINED, 1)]
    assert f"{gettext('Release the seat')}: {places[2].person}" in page.content.decode()

    browse.post(reverse("session-seat", args=[planned.pk]), {"out": places[2].pk})
    assert planned.places.filter(seat__isnull=False).count() == 3


def test_places_are_given_and_taken_on_the_roster(browse, planned, hire):
    person, address = hire(), reverse("session-places", args=[planned.pk])

    browse.post(address, {"people": [person.pk]})
    assert planned.places.filter(cancelled_at=None).count() == 1
    browse.post(address, {"out": [person.pk]})
    assert planned.places.filter(cancelled_at=None).count() == 0


def test_shift_of_a_newcomer_to_the_roster_is_asked_about(browse, planned, hire, begin):
    person = hire()
    BusyTimeFactory(person=person, period=(begin, begin + HOUR))
    address = reverse("session-places", args=[planned.pk])

    assert browse.post(address, {"people": [person.pk]}).status_code == 422
    browse.post(address, {"people": [person.pk], "anyway": "on"})

    assert planned.places.count() == 1


def test_trainee_sees_the_own_sessions_and_no_roster(as_, hire, planned):
    person = hire()
    SessionPlaceFactory(session=planned, person=person)
    SessionPlaceFactory(session=planned, person=hire(name="别人"))
    browse = as_(person)

    page = browse.get(reverse("session", args=[planned.pk]))
    mine = browse.get(reverse("my-sessions")).context

    assert [shown.key for shown in page.context["panels"]] == ["answer", "about"]
    assert "别人" not in page.content.decode()
    assert (list(mine["coming"]), mine["page"].paginator.count) == ([planned], 0)


def test_list_shows_coming_ones_and_is_narrowed(browse, planned, begin, hire, company):
    past = SessionFactory(title="复盘会", starts_at=begin - 20 * DAY)
    SessionPlaceFactory(session=past, person=hire(department="disputes"))

    def titles(**query):
        return [session.title for session in browse.get(reverse("sessions"), query).context["page"]]

    assert titles() == ["投诉处理工作坊"]
    assert titles(state="past") == ["复盘会"]
    assert titles(state="all", q="复盘") == ["复盘会"]
    assert titles(state="all", department=company["care"].pk) == ["复盘会"]
    assert titles(state="cancelled") == []


def test_export_holds_what_the_list_shows(browse, planned):
    lines = b"".join(browse.get(reverse("sessions-export"))).decode("utf-8-sig").splitlines()

    assert len(lines) == 2
    assert lines[1].startswith("投诉处理工作坊,")


def test_people_are_found_by_pinyin(browse, hire):
    hire(name="王小明")

    found = browse.get(reverse("session-people"), {"who": "wxm"}).context["found"]

    assert [person.name for person in found] == ["王小明"]
    assert browse.get(reverse("session-people"), {"who": " "}).context["found"] == []


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_ten_queries_and_the_page_with_all_parts_more(
    browse, begin, hire, rows, django_assert_max_num_queries
):
    first = SessionFactory(starts_at=begin)
    for number in range(rows):
        session = SessionFactory(starts_at=begin + number * HOUR)
        SessionPlaceFactory(session=first, person=hire())
        SessionPlaceFactory(session=session, person=hire())
    for address, most in ((reverse("sessions"), 10), (reverse("session", args=[first.pk]), 18)):
        browse.get(address)
        with django_assert_max_num_queries(most):
            browse.get(address)
