"""What calendar programs find at a person's address, read by others than the library that wrote it."""

from datetime import date, timedelta

import pytest
import vobject
from icalendar import Calendar
from recurring_ical_events import of

from courses.feeds.actions import make_feed
from courses.models import Feed, Session, SessionPlace
from courses.sessions.actions import cancel, move
from tests.factories.courses import CourseFactory, EnrolmentFactory
from tests.factories.planning import HOUR, NINE, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import RoomFactory, let_teach
from trainingsite.core import clock

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_that_time(now):
    """Sunday, 22 November 2026."""
    with clock.frozen(now):
        yield


@pytest.fixture
def seat(agent, teacher):
    found = SessionFactory(title="投诉处理工作坊", room=RoomFactory(name="培训室 A"), agenda="倾听, 复述")
    let_teach(found, teacher)
    SessionPlaceFactory(session=found, person=agent)
    return found


def read(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return vobject.readOne(answer.content.decode())


def titles(client, address):
    return [event.summary.value for event in read(client, address).contents.get("vevent", [])]


def test_own_sessions_stand_in_it(client, address, seat, agent):
    calendar = read(client, address)

    assert calendar.method.value == "PUBLISH"
    assert calendar.x_wr_calname.value == "客服学堂：李娜"
    assert calendar.contents["refresh-interval"][0].value == "PT1H"
    event = calendar.vevent
    assert (event.summary.value, event.location.value, event.status.value) == (
        *("投诉处理工作坊", "总部 培训室 A", "CONFIRMED"),
    )
    assert (event.dtstart.value, event.dtend.value) == (NINE, NINE + HOUR)
    assert event.uid.value == f"{seat.token}@127.0.0.1"
    assert "赵老师" in event.description.value
    assert "倾听, 复述" in event.description.value


def test_instructor_sees_what_he_gives(client, seat, teacher):
    _feed, secret = make_feed(teacher, at=clock.now())

    assert titles(client, f"/feeds/{secret}.ics") == ["投诉处理工作坊"]


def test_expansion_by_another_program_finds_each_day(client, address, seat, agent):
    EnrolmentFactory(person=agent, course=CourseFactory(title="七天无理由退货"), due_on=date(2026, 12, 3))

    calendar = Calendar.from_ical(client.get(address).content)

    found = {day: [str(each["SUMMARY"]) for each in of(calendar).at(date(2026, 12, day))] for day in (1, 2, 3, 4)}
    assert found == {1: ["投诉处理工作坊"], 2: [], 3: ["课程截止：七天无理由退货"], 4: []}


def test_due_days_are_whole_days_that_keep_nobody_busy(client, address, agent):
    enrolment = EnrolmentFactory(person=agent, due_on=date(2026, 12, 3))
    EnrolmentFactory(person=agent)
    EnrolmentFactory(person=agent, due_on=date(2026, 12, 4), withdrawn_at=NINE)

    event = read(client, address).vevent

    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 3), date(2026, 12, 4))
    assert event.transp.value == "TRANSPARENT"
    assert event.url.value == f"http://127.0.0.1:8000/learn/{enrolment.pk}/"


def test_nobody_else_stands_in_it(client, address, seat, hire):
    SessionPlaceFactory(session=seat, person=hire(name="王磊", email="wanglei@example.com"))
    SessionPlaceFactory(session=SessionFactory(title="别人的", starts_at=NINE + DAY), person=hire())

    text = client.get(address).content.decode()

    assert "王磊" not in text
    assert "example.com" not in text
    assert titles(client, address) == ["投诉处理工作坊"]


def test_who_waits_or_gave_up_has_it_not(client, address, agent, now):
    SessionPlaceFactory(session=SessionFactory(), person=agent, waiting_since=now)
    SessionPlaceFactory(session=SessionFactory(starts_at=NINE + DAY), person=agent, cancelled_at=now)

    assert titles(client, address) == []


def test_move_gives_the_same_event_a_higher_number(client, address, seat, now):
    before = read(client, address).vevent
    move(seat, starts_at=NINE + DAY, by=None, at=now)
    after = read(client, address).vevent

    assert (before.uid.value, before.sequence.value) == (after.uid.value, "0")
    assert (after.sequence.value, after.dtstart.value) == ("1", NINE + DAY)


def test_called_off_session_is_shown_as_such_for_a_month(client, address, seat, now):
    cancel(seat, reason="讲师出差", by=None, at=now)

    event = read(client, address).vevent
    assert (event.status.value, "valarm" in event.contents) == ("CANCELLED", False)
    with clock.frozen(now + 31 * DAY):
        assert titles(client, address) == []


def test_what_is_long_past_is_left_out(client, address, seat, now):
    with clock.frozen(NINE + 89 * DAY):
        assert titles(client, address) == ["投诉处理工作坊"]
    with clock.frozen(NINE + 92 * DAY):
        assert titles(client, address) == []


def test_time_and_words_are_those_of_the_person(client, address, seat, agent):
    agent.locale, agent.time_zone = "en", "Europe/London"
    agent.save()

    calendar = read(client, address)

    assert (calendar.vtimezone.tzid.value, calendar.x_wr_calname.value) == ("Europe/London", "Kefu Academy: 李娜")
    assert "Instructor" in calendar.vevent.description.value


def test_same_again_is_not_sent_again(client, address, seat, now):
    first = client.get(address)
    tag = client.get(address, headers={"If-None-Match": first["ETag"]})
    since = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})

    assert [(each.status_code, each.content) for each in (tag, since)] == [(304, b""), (304, b"")]
    assert first["Cache-Control"] == "private, no-cache"


def test_change_and_what_has_gone_are_sent_to_whoever_asks_by_date_alone(client, address, seat, agent, now):
    first = client.get(address)
    with clock.frozen(now + HOUR):
        SessionPlace.objects.update(cancelled_at=now)
        again = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})

    assert (again.status_code, again["ETag"] != first["ETag"]) == (200, True)


@pytest.mark.parametrize("rows", [1, 30])
def test_feed_takes_as_many_queries_for_one_session_as_for_thirty(
    client, address, agent, teacher, rows, django_assert_num_queries
):
    for number in range(rows):
        found = SessionFactory(starts_at=NINE + number * DAY)
        let_teach(found, teacher)
        SessionPlaceFactory(session=found, person=agent)
        EnrolmentFactory(person=agent, due_on=date(2026, 12, 3))

    with django_assert_num_queries(10):
        client.get(address)


def test_times_of_fetching_are_counted(client, address, now):
    for hour in (0, 1):
        with clock.frozen(now + hour * HOUR):
            client.get(address)

    assert Feed.objects.values_list("fetches", "fetched_at", "changed_at").get() == (2, now + HOUR, now)


def test_crowded_feed_stays_readable(client, address, agent):
    for number in range(12):
        crowded = SessionFactory(title=f"表情😀，退货; {number}" * 3, starts_at=NINE + number * DAY)
        SessionPlaceFactory(session=crowded, person=agent)

    assert len(titles(client, address)) == Session.objects.count() == 12
