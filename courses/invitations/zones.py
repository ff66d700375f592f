"""Time zones as calendars carry them (VTIMEZONE)."""

from datetime import date, timedelta
from functools import lru_cache

from icalendar import Timezone
from icalendar.cal.timezone import TimezoneDaylight, TimezoneStandard

NOTHING = timedelta()


@lru_cache(maxsize=256)
def zone_of(tzid: str, first_year: int, last_year: int) -> Timezone:
    """The zone with its changes from the first to the last of these years; not to be changed, since it is kept."""
    zone = Timezone.from_tzid(tzid, first_date=date(first_year - 1, 1, 1), last_date=date(last_year + 2, 1, 1))
    zone.pop("COMMENT", None)
    for change in zone.subcomponents:
        _as_the_clock_stood_before(change)
    return zone


def _as_the_clock_stood_before(change: TimezoneStandard | TimezoneDaylight) -> None:
    """Onsets are told in the time that ends (RFC 5545, 3.6.5); the library tells those of spring in the one to come."""
    shift = max(change["TZOFFSETTO"].td - change["TZOFFSETFROM"].td, NOTHING)
    begin = change["DTSTART"].dt - shift
    later = [each.dt - shift for each in change["RDATE"].dts] if "RDATE" in change else []
    for name in ("DTSTART", "RDATE"):
        change.pop(name, None)
    change.add("DTSTART", begin)
    if later:
        change.add("RDATE", later)
