"""Time zones as calendars carry them (VTIMEZONE): icalendar's own are an hour late in spring and miss short summers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.cal.timezone import TimezoneDaylight, TimezoneStandard

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@lru_cache(maxsize=256)
def zone_of(tzid: str, first_year: int, last_year: int) -> Timezone:
    """The zone with its changes from the first to the last of these years; not to be changed, since it is kept."""
    tz = ZoneInfo(tzid)
    begin, end = datetime(first_year - 1, 1, 1, tzinfo=UTC), datetime(last_year + 2, 1, 1, tzinfo=UTC)
    zone = Timezone()
    zone.add("tzid", tzid)
    zone.add_component(_period(tz, begin, begin))
    for change in _changes(tz, begin, end):
        zone.add_component(_period(tz, change - MINUTE, change))
    return zone


def _changes(tz: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments at which the clock is put forward or back."""
    day = begin
    while day < end:
        if _offset(tz, day) != _offset(tz, day + DAY):
            yield _first_minute(tz, day)
        day += DAY


def _first_minute(tz: ZoneInfo, day: datetime) -> datetime:
    """The minute within the day from this moment on that has the offset of its end."""
    before, after = 0, DAY // MINUTE
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(tz, day + middle * MINUTE) == _offset(tz, day):
            before = middle
        else:
            after = middle
    return day + after * MINUTE


def _period(tz: ZoneInfo, before: datetime, change: datetime) -> TimezoneStandard | TimezoneDaylight:
    """What holds from a change on; its onset is told in the time that ends with it (RFC 5545, 3.6.5)."""
    was, becomes = _offset(tz, before), _offset(tz, change)
    period = TimezoneDaylight() if becomes > was else TimezoneStandard()
    period.add("dtstart", change.astimezone(tz).replace(tzinfo=None) - becomes + was)
    period.add("tzoffsetfrom", was)
    period.add("tzoffsetto", becomes)
    period.add("tzname", change.astimezone(tz).tzname())
    return period


def _offset(tz: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta()
