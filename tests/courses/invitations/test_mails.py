from datetime import UTC, datetime, time, timedelta

import pytest
import vobject

from courses.models import Session
from courses.series.actions import Plan, plan_series
from courses.sessions.actions import cancel, change, move, place, take_out
from tests.courses.invitations.reading import calendar_in, said
from tests.factories.planning import HOUR, NINE, SessionFactory, SessionPlaceFactory
from tests.factories.sessions import RoomFactory, instructor_of, let_teach
from trainingsite.notices.models import Notice, Outgoing
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def placed(session, agent, hr, now):
    """The agent has got a seat in the session."""
    place(session, [agent.pk], by=hr, at=now)
    return session


def only(mails):
    (found,) = mails
    return found


def test_seat_comes_as_a_request_that_calendars_read(placed, agent, sent):
    message = only(sent())

    assert message["To"] == "lina@example.com"
    assert [part.get_content_type() for part in message.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics")
    ]
    calendar = calendar_in(message)
    assert said(calendar) == ("REQUEST", "0", "投诉处理工作坊", "总部 培训室 A", "CONFIRMED", NINE)
    event = calendar.vevent
    assert event.uid.value == f"{placed.token}@127.0.0.1"
    assert event.dtend.value - event.dtstart.value == HOUR
    assert event.organizer.value == "mailto:academy@localhost"
    assert event.url.value == f"http://127.0.0.1:8000/sessions/{placed.pk}/"
    assert event.valarm.trigger.value == timedelta(minutes=-30)
    attendee = event.attendee
    assert (attendee.value, attendee.params["CN"]) == ("mailto:lina@example.com", ["李娜"])
    asked = {name: attendee.params[name] for name in ("ROLE", "PARTSTAT", "RSVP", "CUTYPE")}
    assert asked == {
        "ROLE": ["REQ-PARTICIPANT"],
        "PARTSTAT": ["NEEDS-ACTION"],
        "RSVP": ["TRUE"],
        "CUTYPE": ["INDIVIDUAL"],
    }


def test_time_is_told_in_the_zone_of_the_person_which_comes_along(session, hire, hr, now, sent):
    place(session, [hire(time_zone="America/New_York").pk], by=hr, at=now)

    calendar = calendar_in(only(sent()))

    assert calendar.vtimezone.tzid.value == "America/New_York"
    start = calendar.vevent.dtstart
    assert start.params["X-VOBJ-ORIGINAL-TZID"] == ["America/New_York"]
    assert (start.value.astimezone(UTC), start.value.hour) == (NINE, 20)


@pytest.mark.parametrize(("locale", "word"), [("zh-hans", "讲师"), ("en", "Instructor")])
def test_description_is_in_the_language_of_the_person(session, hire, hr, now, sent, locale, word):
    let_teach(session, hire(Role.INSTRUCTOR, name="赵老师"))
    place(session, [hire(locale=locale).pk], by=hr, at=now)

    text = calendar_in(only(sent())).vevent.description.value

    assert word in text
    assert "赵老师" in text


def test_nobody_else_is_named(session, agent, hire, hr, now, sent):
    other = hire(name="王磊", email="wanglei@example.com", department="sales")
    place(session, [agent.pk, other.pk], by=hr, at=now)

    first, second = sent()

    assert "王磊" not in calendar_in(first).serialize()
    assert "lina" not in calendar_in(second).serialize()


def test_whoever_gives_it_is_the_chair(session, hire, hr, now, sent):
    teacher = hire(Role.INSTRUCTOR, name="赵老师")
    change(session, instructors=[instructor_of(teacher)], by=hr, at=now)

    assert calendar_in(only(sent())).vevent.attendee.params["ROLE"] == ["CHAIR"]


def test_instructor_who_gives_it_no_longer_drops_it(session, hire, hr, now, sent):
    teacher = hire(Role.INSTRUCTOR, name="赵老师")
    change(session, instructors=[instructor_of(teacher)], by=hr, at=now)
    sent()

    change(session, instructors=[], by=hr, at=now)

    assert calendar_in(only(sent())).method.value == "CANCEL"


def test_number_grows_with_every_change_and_the_uid_stays(placed, agent, hr, now, sent):
    seen = [calendar_in(only(sent()))]
    for act in (
        lambda: move(placed, starts_at=NINE + DAY, by=hr, at=now),
        lambda: change(placed, room=RoomFactory(name="培训室 B"), by=hr, at=now),
        lambda: change(placed, join_url="https://meet.example.com/1", by=hr, at=now),
        lambda: change(placed, title="投诉处理进阶", by=hr, at=now),
        lambda: cancel(placed, reason="讲师出差", by=hr, at=now),
    ):
        act()
        seen.append(calendar_in(only(sent())))

    assert [each.method.value for each in seen] == ["REQUEST"] * 5 + ["CANCEL"]
    assert [int(each.vevent.sequence.value) for each in seen] == [0, 1, 2, 3, 4, 5]
    assert {each.vevent.uid.value for each in seen} == {f"{placed.token}@127.0.0.1"}
    assert said(seen[4])[2:] == ("投诉处理进阶", "总部 培训室 B", "CONFIRMED", NINE + DAY)
    assert said(seen[5])[4] == "CANCELLED"
    assert "讲师出差" in seen[5].vevent.description.value


def test_who_is_taken_out_is_told_to_drop_it_and_may_be_asked_again(placed, agent, hr, now, sent):
    stamps = [calendar_in(only(sent()))]
    take_out(placed, [agent.pk], by=hr, at=now + HOUR)
    stamps.append(calendar_in(only(sent())))
    place(placed, [agent.pk], by=hr, at=now + 2 * HOUR)
    stamps.append(calendar_in(only(sent())))

    assert [each.method.value for each in stamps] == ["REQUEST", "CANCEL", "REQUEST"]
    order = [(int(each.vevent.sequence.value), each.vevent.dtstamp.value) for each in stamps]
    assert order == sorted(order)


def test_old_notice_sent_again_says_what_it_said(placed, hr, now, sent):
    first = calendar_in(only(sent()))
    move(placed, starts_at=NINE + DAY, by=hr, at=now)
    sent()
    notice = Notice.objects.get(kind="session_planned")
    Outgoing.objects.filter(notice=notice).update(sent_at=None)

    again = calendar_in(only(sent()))

    assert again.serialize() == first.serialize()


def test_who_only_waits_gets_no_request_and_nothing_to_drop(placed, hire, hr, now, sent):
    waiting = hire(email="waits@example.com")
    Session.objects.update(capacity=1)
    SessionPlaceFactory(session=placed, person=waiting, waiting_since=now)
    sent()

    move(placed, starts_at=NINE + DAY, by=hr, at=now)
    moved = {message["To"]: message.get_content_type() for message in sent()}
    cancel(placed, reason="讲师出差", by=hr, at=now)
    off = {message["To"]: message.get_content_type() for message in sent()}

    expected = {"lina@example.com": "multipart/mixed", "waits@example.com": "multipart/alternative"}
    assert (moved, off) == (expected, expected)


def test_notice_of_before_there_were_invitations_goes_without(placed, sent):
    Notice.objects.update(facts={"title": "旧", "starts_at": NINE.isoformat(), "room": ""})

    assert only(sent()).get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    "title",
    [
        "退货, 换货; 补偿",
        "第一行\r\nATTENDEE:mailto:evil@example.com",
        "表情😀" * 30,
        "反斜杠 \\n \\, 引号 \" ' :",
        "回车\rBEGIN:VEVENT",
        "零\x00宽\u2028行",
    ],
)
def test_title_never_breaks_out_of_its_line(hire, hr, now, sent, title):
    session = SessionFactory(title=title.replace("\x00", ""), agenda=title.replace("\x00", ""))
    place(session, [hire(name='李"娜"\r\nX-EVIL:1').pk], by=hr, at=now)

    message = only(sent())
    calendar = calendar_in(message)

    clean = title.replace("\x00", "").replace("\r\n", " ").replace("\r", " ").replace("\u2028", " ")
    assert calendar.vevent.summary.value == clean
    assert len(calendar.vevent.contents["attendee"]) == 1
    assert "x-evil" not in calendar.vevent.contents
    (raw,) = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "application/ics"]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_stamp_is_the_moment_of_the_notice(placed, sent):
    calendar = calendar_in(only(sent()))

    created = Notice.objects.get().created_at
    assert calendar.vevent.dtstamp.value == created.replace(microsecond=0)
    assert isinstance(calendar.vevent.last_modified.value, datetime)


def test_series_comes_as_one_mail_with_a_file_for_each_session(agent, hr, now, sent):
    days = [(NINE + number * DAY).date() for number in range(3)]
    plan = Plan("晨会演练", "FREQ=DAILY;COUNT=3", days[0], time(9), 60, days, people_ids=frozenset([agent.pk]))
    plan.about["room"] = RoomFactory()
    series = plan_series(plan, by=hr, at=now)
    first, second, _third = series.sessions.order_by("number")

    message = only(sent())
    files = [vobject.readOne(part.get_content().decode()) for part in message.iter_attachments()]
    assert [part.get_filename() for part in message.iter_attachments()] == [f"invite-{n}.ics" for n in (1, 2, 3)]
    assert [each.vevent.dtstart.value.astimezone(UTC) for each in files] == [NINE + number * DAY for number in range(3)]
    notice = Notice.objects.get(person=agent)
    assert (notice.kind, notice.url) == ("series_planned", f"/sessions/{first.pk}/")

    cancel(second, reason="停电", by=hr, at=now)
    assert calendar_in(only(sent())).method.value == "CANCEL"
