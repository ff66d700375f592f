"""A year of beat, with outages, in zones whose clocks change, against calendars that do not know our code.

Each rule is expanded twice besides: by an iCalendar reader, and by a predicate over every day (`oracle`). What beat
opened, and when, has to be exactly that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import holidays
import icalendar
import pytest
import recurring_ical_events
from django.utils import timezone

from courses.models import CompanyDay, Season
from courses.refreshers.actions import Rule, save_rule
from courses.refreshers.models import MISSED, Occurrence, Refresher
from courses.refreshers.tasks import open_due
from tests.courses.refreshers.oracle import days_of, every
from tests.factories.courses import AudienceFactory
from trainingsite.core import clock

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OFF = {date(2026, 4, 20), date(2026, 7, 1)}
BLACKOUT = (date(2026, 6, 10), date(2026, 6, 18))
HOUSE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Case:
    """A rule, with the day of its first run."""

    rrule: str
    starts_on: date
    at: time
    zone: str
    days: int = 14
    shift: str = "none"
    exdates: tuple[date, ...] = ()


CASES = (
    Case("FREQ=MONTHLY;BYDAY=2WE", date(2026, 1, 14), time(15), "Asia/Shanghai"),
    Case("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", date(2026, 1, 31), time(9), "Asia/Shanghai"),
    Case("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TH", date(2026, 1, 1), time(2, 30), "Europe/Berlin"),
    Case("FREQ=WEEKLY;BYDAY=SU", date(2026, 1, 4), time(1, 30), "America/New_York", exdates=(date(2026, 3, 8),)),
    Case("FREQ=DAILY;INTERVAL=3", date(2026, 1, 2), time(2, 30), "America/New_York", days=1),
    Case("FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=MO;BYSETPOS=1", date(2026, 1, 5), time(8), "Europe/Berlin", days=3),
    Case("FREQ=MONTHLY;BYMONTHDAY=1", date(2026, 1, 1), time(9), "Asia/Shanghai", shift="next"),
    Case("FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 1, 15), time(9), "Asia/Shanghai", shift="previous"),
    Case("FREQ=MONTHLY;BYDAY=-1SA;COUNT=9", date(2026, 1, 31), time(10), "Asia/Shanghai", shift="nearest"),
    Case("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260828", date(2026, 1, 2), time(23, 59), "Asia/Shanghai", days=1),
)


def by_reader(case: Case) -> list[date]:
    """The days that an iCalendar reader lists."""
    begin = datetime.combine(case.starts_on, case.at, ZoneInfo(case.zone))
    rule = icalendar.vRecur.from_ical(case.rrule)
    if "UNTIL" in rule:
        rule["UNTIL"] = [datetime.combine(day, time(23, 59, 59), begin.tzinfo).astimezone(UTC) for day in rule["UNTIL"]]
    event = icalendar.Event()
    event.add("uid", "1")
    event.add("dtstart", begin)
    event.add("rrule", rule)
    for day in case.exdates:
        event.add("exdate", datetime.combine(day, case.at, begin.tzinfo))
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(FIRST, LAST + DAY)
    return sorted(each["DTSTART"].dt.date() for each in found)


def by_predicate(case: Case) -> list[date]:
    return [day for day in days_of(case.rrule, case.starts_on, LAST) if day not in case.exdates]


def works(day: date) -> bool:
    """Whether people work: the public calendar, then what the company said."""
    china = holidays.country_holidays("CN", years=day.year)
    if day in OFF or BLACKOUT[0] <= day <= BLACKOUT[1]:
        return False
    return day in china.weekend_workdays or (day.weekday() < 5 and day not in china)


def shifted(case: Case, day: date) -> date:
    if case.shift == "none":
        return day
    later = next(each for each in every(day, day + 60 * DAY) if works(each))
    earlier = next(each for each in reversed(list(every(day - 60 * DAY, day))) if works(each))
    found = {
        "next": later,
        "previous": earlier,
        "nearest": earlier if day - earlier < later - day else later,
    }[case.shift]
    return found if found >= case.starts_on else later


def beats() -> Iterator[datetime]:
    """The moments at which beat runs: every few hours, with nine outages of one to eight days."""
    rng = Random(5545)
    out = sorted(rng.sample(range(8000), 9))
    hour = 0
    while hour < 366 * 24:
        yield datetime.combine(FIRST, time(0), HOUSE) + hour * HOUR
        hour += rng.choice([5, 11, 19])
        if out and hour >= out[0]:
            hour = out.pop(0) + rng.randint(24, 192)


def expected(case: Case, moments: list[datetime]) -> dict[date, tuple[date, str, datetime | None]]:
    """By the day of the rule: the day of the run, whether it opened or was missed, and at which beat it opened."""
    found: dict[date, tuple[date, str, datetime | None]] = {}
    for day in by_predicate(case):
        on = shifted(case, day)
        opens_at = datetime.combine(on, case.at, ZoneInfo(case.zone))
        beat = next((each for each in moments if each.astimezone(UTC) >= opens_at.astimezone(UTC)), None)
        if beat:
            late = timezone.localdate(beat, HOUSE) > on + case.days * DAY
            found[day] = (on, MISSED, None) if late else (on, "", beat)
    return found


@pytest.fixture
def year(told: list[object], db: None) -> dict[int, Case]:
    """The rules, saved on 1 January, and a year of beat."""
    for day in OFF:
        CompanyDay.objects.create(day=day, name="公司日")
    Season.objects.create(name="618", starts_on=BLACKOUT[0], ends_on=BLACKOUT[1])
    audience = AudienceFactory()
    saved = {
        save_rule(
            None,
            Rule(
                what="told",
                title=case.rrule[:100],
                audience=audience,
                rrule=case.rrule,
                starts_on=case.starts_on,
                at_time=case.at,
                zone=case.zone,
                exdates=case.exdates,
                shift=case.shift,
                days_to_complete=case.days,
                reminders=(),
            ),
            by=None,
            at=datetime.combine(FIRST, time(0), HOUSE),
        ).pk: case
        for case in CASES
    }
    for moment in beats():
        with clock.frozen(moment):
            open_due()
    return saved


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rrule)
def test_both_calendars_agree(case):
    assert by_reader(case) == by_predicate(case)


@pytest.mark.slow
def test_year_of_beat_opens_exactly_what_the_calendars_list(year, told):
    moments = list(beats())
    assert max(later - earlier for earlier, later in pairwise(moments)) > 3 * DAY

    missed = 0
    for refresher in Refresher.objects.filter(pk__in=year):
        runs = refresher.occurrences.exclude(state__in=["planned", "announced"])
        real = {run.planned_on: (run.on, run.skipped_reason, run.opened_at) for run in runs}
        assert real == expected(year[refresher.pk], moments), refresher.title
        missed += sum(1 for run in runs if run.skipped_reason)
    assert missed > 5
    assert len(told) == Occurrence.objects.ran().count()
    assert len(told) > 200
