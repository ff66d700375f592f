"""Whatever the title, the time and the zone: an independent reader finds what was written."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from recurring_ical_events import of

from courses.invitations.meetings import Meeting, calendar_of, clean, event_of, one_line
from courses.invitations.zones import zone_of

ZONES = [
    "Asia/Shanghai",
    "Asia/Taipei",
    "America/New_York",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
]
STAMP = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def meeting(**facts):
    start = facts.pop("starts_at", datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    kept = {
        "uid": "d290f1ee-6c54-4b01-90e6-d701748f0851",
        "session": 1,
        "sequence": 3,
        "title": "投诉处理",
        "starts_at": start.isoformat(),
        "ends_at": (start + HOUR).isoformat(),
        "changed_at": STAMP.isoformat(),
        "room": "培训室 A",
        "join_url": "",
        "agenda": "",
        "instructors": [],
        "cancelled": False,
        "reason": "",
    }
    return Meeting({**kept, **facts})


def written(found, zone="Asia/Shanghai"):
    return calendar_of([event_of(found, zone, stamp=STAMP)], "PUBLISH", zone).to_ical().decode()


moments = st.integers(0, 10 * 365 * 24 * 60).map(lambda n: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def moment_of(line, own):
    """What a line says by the VTIMEZONE that came along; the reader itself asks a table of its own for the zone."""
    told = "X-VOBJ-ORIGINAL-TZID" in line.params
    return (line.value.replace(tzinfo=own) if told else line.value).astimezone(UTC)


@settings(max_examples=150, deadline=None)
@given(title=st.text(max_size=120), agenda=st.text(max_size=300), starts_at=moments, zone=st.sampled_from(ZONES))
def test_what_was_written_is_read(title, agenda, starts_at, zone):
    text = written(meeting(title=title, agenda=agenda, starts_at=starts_at), zone)

    calendar = vobject.readOne(text)

    event = calendar.vevent
    assert event.summary.value == one_line(title)
    own = tzical(StringIO(text)).get(zone)
    assert (moment_of(event.dtstart, own), moment_of(event.dtend, own)) == (starts_at, starts_at + HOUR)
    assert (event.uid.value, event.sequence.value) == ("d290f1ee-6c54-4b01-90e6-d701748f0851@127.0.0.1", "3")
    assert sorted(event.contents) == sorted(
        [
            *("uid", "sequence", "dtstamp", "last-modified", "dtstart", "dtend", "summary", "location", "description"),
            *("url", "organizer", "status", "transp", "categories"),
        ]
    )
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("zone", ZONES)
def test_zone_that_comes_along_tells_the_time_as_the_world_does(zone):
    """Every hour of three years, by the VTIMEZONE alone and by the tz database."""
    text = zone_of(zone, 2026, 2027).to_ical().decode()
    own = tzical(StringIO(text)).get(zone)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    wrong = []
    for hour in range(24 * 365 * 2):
        moment = begin + hour * HOUR
        wall = moment.astimezone(ZoneInfo(zone))
        if wall.fold or (wall.utcoffset() != (wall - 2 * HOUR).astimezone(UTC).astimezone(ZoneInfo(zone)).utcoffset()):
            continue
        if wall.replace(tzinfo=own).utcoffset() != wall.utcoffset():
            wrong.append(wall)
    assert wrong == []


def test_independent_expansion_finds_the_one_event_on_its_day():
    calendar = Calendar.from_ical(written(meeting(), "America/New_York"))

    assert [str(each["SUMMARY"]) for each in of(calendar).at(date(2026, 11, 30))] == ["投诉处理"]
    assert of(calendar).at(date(2026, 12, 2)) == []


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({}, "培训室 A"),
        ({"room": "", "join_url": "https://meet.example.com/1"}, "线上"),
        ({"room": ""}, "地点待定"),
    ],
)
def test_place_is_the_room_else_online_else_to_be_announced(facts, place):
    assert meeting(**facts).place == place


def test_text_is_cleaned_of_what_no_line_can_hold():
    assert clean("a\r\nb\rc\x00\x07d\u2028e") == "a\nb\nc  d e"
    assert one_line(" 退货 \n 换货\t流程 ") == "退货 换货 流程"
