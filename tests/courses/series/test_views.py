from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from courses.models import PlanningRule, Series, Session, SessionTemplate
from courses.series.plugs import neighbours
from tests.factories.planning import HOUR, SeasonFactory, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory, SeriesFactory, SessionTemplateFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

WEEK = timedelta(days=7)


@pytest.fixture
def monday(db):
    """A Monday next year in March, when nobody rests."""
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)
    day = clock.today().replace(year=clock.today().year + 1, month=3, day=1)
    return day + timedelta(days=-day.weekday() % 7)


@pytest.fixture
def sent(monday):
    return {
        "title": "晨会演练",
        "kind": "team",
        "entry": "assigned",
        "starts_on": monday.isoformat(),
        "at_time": "09:30",
        "minutes": "45",
        "rhythm": "weekly",
        "times": "3",
        "days_off": "skip",
        "room": str(RoomFactory(name="培训室 A").pk),
        "token": str(uuid4()),
    }


def days(response):
    return [(row.found.day, is_out, [clash.kind for clash in row.clashes]) for row, is_out in response.context["rows"]]


def test_days_are_looked_at_before_anything_is_planned(browse, sent, monday):
    page = browse.post(reverse("series-new"), {**sent, "look": "1"})

    assert days(page) == [(monday + number * WEEK, False, []) for number in range(3)]
    assert (page.context["number"], page.context["refused"], Series.objects.count()) == (3, False, 0)


def test_all_are_planned_at_once_and_a_second_click_plans_nothing_more(browse, sent, monday, hire):
    person = hire()
    sent = {**sent, "people": [person.pk], "plan": "1"}

    for _twice in range(2):
        answer = browse.post(reverse("series-new"), sent)

    series = Series.objects.get()
    assert answer.url == reverse("series", args=[series.pk])
    starts = [timezone.localtime(session.starts_at) for session in series.sessions.order_by("number")]
    assert [(each.date(), each.strftime("%H:%M")) for each in starts] == [
        (monday + number * WEEK, "09:30") for number in range(3)
    ]
    assert person.session_places.count() == 3


def test_day_that_is_not_possible_stands_in_the_way_until_it_is_left_out(browse, sent, monday):
    taken = timezone.make_aware(timezone.datetime.combine(monday + WEEK, timezone.datetime.min.time()))
    SessionFactory(room=RoomFactory(name="培训室 A"), starts_at=taken + 9 * HOUR)
    address = reverse("series-new")

    page = browse.post(address, {**sent, "plan": "1"})
    assert (page.status_code, page.context["refused"], Series.objects.count()) == (422, True, 0)
    assert [kinds for _day, _out, kinds in days(page)] == [[], ["room_double"], []]

    browse.post(address, {**sent, "plan": "1", "leave_out": [(monday + WEEK).isoformat(), "x"]})
    assert Session.objects.filter(series__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until": "2020-01-01", "times": ""}, "until"),
        ({"times": ""}, "until"),
        ({"times": "61"}, "times"),
        ({"minutes": "5"}, "minutes"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"starts_on": "bald"}, "starts_on"),
        ({"title": ""}, "title"),
    ],
)
def test_bad_series_is_refused_at_its_field(browse, sent, changed, field):
    response = browse.post(reverse("series-new"), {**sent, "plan": "1", **changed})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert (Series.objects.count(), Session.objects.count()) == (0, 0)


def test_blackout_is_shown_with_its_name(browse, sent, monday):
    SeasonFactory(name="大促", starts_on=monday, ends_on=monday + WEEK)

    page = browse.post(reverse("series-new"), {**sent, "look": "1"})

    assert [(row.found.day, row.found.why) for row, _out in page.context["rows"]] == [
        (None, "大促"),
        (None, "大促"),
        (monday + 2 * WEEK, ""),
    ]


@pytest.fixture
def series(monday):
    """Three weekly sessions at 9 o'clock."""
    found = SeriesFactory(title="晨会演练")
    begin = timezone.make_aware(timezone.datetime.combine(monday, timezone.datetime.min.time())) + 9 * HOUR
    room = RoomFactory(name="培训室 A")
    for number in range(3):
        SessionFactory(series=found, number=number + 1, title="晨会演练", starts_at=begin + number * WEEK, room=room)
    return found


def test_following_ones_are_edited_moved_and_called_off(browse, series, monday):
    second, room = series.sessions.get(number=2), RoomFactory(name="培训室 B")
    facts = {"title": "进阶", "kind": "team", "entry": "assigned", "room": room.pk, "scope": "following"}
    browse.post(reverse("session-edit", args=[second.pk]), facts)
    assert list(series.sessions.order_by("number").values_list("title", flat=True)) == ["晨会演练", "进阶", "进阶"]

    later = timezone.localtime(second.starts_at) + HOUR
    moved = {"starts_at": later.strftime("%Y-%m-%dT%H:%M"), "minutes": "60", "scope": "following"}
    browse.post(reverse("session-move", args=[second.pk]), moved)
    hours = [timezone.localtime(each.starts_at).hour for each in series.sessions.order_by("number")]
    assert hours == [9, 10, 10]

    browse.post(reverse("session-cancel", args=[second.pk]), {"reason": "项目结束", "scope": "all"})
    assert set(series.sessions.values_list("cancelled_reason", flat=True)) == {"项目结束"}


def test_session_of_no_series_is_not_asked_which(browse, monday):
    alone = SessionFactory(starts_at=clock.now() + WEEK)

    for name in ("session-edit", "session-move", "session-cancel"):
        assert "scope" not in browse.get(reverse(name, args=[alone.pk])).context["form"].fields


def test_session_leads_to_the_ones_before_and_after(series, hr):
    first, second, third = series.sessions.order_by("number")

    def around(session):
        found = neighbours(session, hr)
        return found["previous"], found["next"], found["of"]

    assert [around(each) for each in (first, second, third)] == [
        (None, second, 3),
        (first, third, 3),
        (second, None, 3),
    ]
    assert neighbours(SessionFactory(), hr) is None


def test_series_are_listed_with_what_is_to_come(browse, series, as_, hire):
    page = browse.get(reverse("series-list"), {"q": "晨会"}).context["page"]

    assert [(each.title, each.held, each.coming) for each in page] == [("晨会演练", 3, 3)]
    assert list(browse.get(reverse("series-list"), {"q": "别的"}).context["page"]) == []
    stranger = as_(hire(Role.INSTRUCTOR))
    assert list(stranger.get(reverse("series-list")).context["page"]) == []
    assert stranger.get(reverse("series", args=[series.pk])).status_code == 404


def test_template_is_made_changed_retired_and_used_again(browse):
    expert, room = OutsideInstructorFactory(), RoomFactory()
    sent = {"title": "工作坊", "kind": "workshop", "minutes": "90", "entry": "sign_up", "room": room.pk}
    browse.post(reverse("session-template-new"), {**sent, "instructors": [expert.pk], "capacity": "12"})
    template = SessionTemplate.objects.get()
    assert (template.title, template.minutes, template.capacity, template.entry) == ("工作坊", 90, 12, "sign_up")
    assert list(template.instructors.all()) == [expert]

    browse.post(reverse("session-template-edit", args=[template.pk]), {**sent, "title": "情绪工作坊"})
    template.refresh_from_db()
    assert (template.title, template.instructors.count()) == ("情绪工作坊", 0)

    for data, is_retired in (({}, True), ({"back": "1"}, False)):
        browse.post(reverse("session-template-retire", args=[template.pk]), data)
        template.refresh_from_db()
        assert bool(template.retired_at) == is_retired


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"minutes": "5"}, "minutes"),
        ({"minimum": "13", "capacity": "12"}, "minimum"),
        ({"capacity": "21"}, "capacity"),
    ],
)
def test_bad_template_is_refused_at_its_field(browse, changed, field):
    sent = {"title": "工作坊", "kind": "class", "minutes": "90", "entry": "assigned", "room": RoomFactory(seats=20).pk}

    response = browse.post(reverse("session-template-new"), {**sent, **changed})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert SessionTemplate.objects.count() == 0


def test_template_fills_in_the_form_of_a_session_and_of_a_series(browse):
    template = SessionTemplateFactory(title="工作坊", kind="workshop", minutes=90)

    for name in ("session-new", "series-new"):
        form = browse.get(reverse(name), {"template": template.pk}).context["form"]
        assert [form[field].value() for field in ("title", "kind", "minutes")] == ["工作坊", "workshop", 90]


def test_numbers_stand_beside_how_people_get_in_and_days_have_their_whole_names(browse):
    forms = {name: browse.get(reverse(name)).context["form"] for name in ("session-new", "series-new")}

    shown = {name: [field.name for field in form.number_fields()] for name, form in forms.items()}
    assert shown == {"session-new": ["capacity", "minimum", "minimum_by"], "series-new": ["capacity", "minimum"]}
    assert forms["series-new"].fields["weekdays"].choices[3] == ("TH", WEEKDAYS[3])


@pytest.mark.parametrize("room", ["0", "x", "9" * 30])
def test_room_that_is_none_is_not_filled_in(browse, room):
    assert browse.get(reverse("session-new"), {"room": room}).context["form"]["room"].value() is None


def test_kind_brings_its_check_list(browse):
    form = browse.get(reverse("session-new"), {"kind": "review"}).context["form"]

    assert (form["kind"].value(), len(str(form["agenda"].value()).splitlines())) == ("review", 4)


def test_session_is_kept_as_a_template(browse):
    session = SessionFactory(kind="review", agenda="数据")

    browse.post(reverse("session-keep", args=[session.pk]), {"title": "复盘会"})

    found = SessionTemplate.objects.get()
    assert (found.title, found.kind, found.agenda, found.room) == ("复盘会", "review", "数据", session.room)


@pytest.mark.parametrize("rows", [1, 20])
def test_lists_take_eight_queries(browse, rows, django_assert_max_num_queries):
    series = SeriesFactory()
    for number in range(rows):
        SessionTemplateFactory()
        session = SessionFactory(series=series, number=number + 1, starts_at=clock.now() + number * WEEK)
        SessionPlaceFactory(session=session)
    for address in (reverse("series-list"), reverse("series", args=[series.pk]), reverse("session-templates")):
        browse.get(address)
        with django_assert_max_num_queries(8):
            browse.get(address)
