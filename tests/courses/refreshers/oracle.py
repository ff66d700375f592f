"""Recurrence a second time, without a library: every day is asked whether it is one of the rule's (RFC 5545, 3.3.10).

Slow and plain on purpose; the tests hold the real expansion against it.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, timedelta

DAY = timedelta(days=1)
NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def days_of(text: str, starts_on: date, last: date) -> list[date]:
    """The days of the rule from its first day to `last`."""
    rule = dict(part.split("=") for part in text.split(";"))
    found = [day for day in every(starts_on, last) if hits(rule, starts_on, day)]
    if "UNTIL" in rule:
        found = [day for day in found if f"{day:%Y%m%d}" <= rule["UNTIL"]]
    return found[: int(rule["COUNT"])] if "COUNT" in rule else found


def every(first: date, last: date) -> Iterator[date]:
    return (first + number * DAY for number in range((last - first).days + 1))


def hits(rule: dict[str, str], start: date, day: date) -> bool:
    if distance(rule["FREQ"], start, day) % int(rule.get("INTERVAL", 1)) or not fits(rule, start, day):
        return False
    if "BYSETPOS" not in rule:
        return True
    same = [each for each in every(*period(rule["FREQ"], day)) if fits(rule, start, each)]
    place = same.index(day)
    return bool({place + 1, place - len(same)} & numbers(rule["BYSETPOS"]))


def distance(frequency: str, start: date, day: date) -> int:
    """How many periods lie between the two days."""
    if frequency == "YEARLY":
        return day.year - start.year
    if frequency == "MONTHLY":
        return 12 * (day.year - start.year) + day.month - start.month
    if frequency == "WEEKLY":
        return (period("WEEKLY", day)[0] - period("WEEKLY", start)[0]).days // 7
    return (day - start).days


def period(frequency: str, day: date) -> tuple[date, date]:
    """First and last day of the year, month, week or day."""
    if frequency == "YEARLY":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if frequency == "MONTHLY":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    if frequency == "WEEKLY":
        return day - day.weekday() * DAY, day + (6 - day.weekday()) * DAY
    return day, day


def numbers(text: str) -> set[int]:
    return {int(each) for each in text.split(",")}


def fits(rule: dict[str, str], start: date, day: date) -> bool:
    return fits_month(rule, start, day) and fits_month_day(rule, start, day) and fits_weekday(rule, start, day)


def fits_month(rule: dict[str, str], start: date, day: date) -> bool:
    if "BYMONTH" in rule:
        return day.month in numbers(rule["BYMONTH"])
    silent = rule["FREQ"] == "YEARLY" and not {"BYMONTHDAY", "BYDAY"} & set(rule)
    return day.month == start.month if silent else True


def fits_month_day(rule: dict[str, str], start: date, day: date) -> bool:
    if "BYMONTHDAY" in rule:
        from_end = day.day - monthrange(day.year, day.month)[1] - 1
        return bool({day.day, from_end} & numbers(rule["BYMONTHDAY"]))
    silent = rule["FREQ"] in {"YEARLY", "MONTHLY"} and "BYDAY" not in rule
    return day.day == start.day if silent else True


def fits_weekday(rule: dict[str, str], start: date, day: date) -> bool:
    name = NAMES[day.weekday()]
    if "BYDAY" not in rule:
        return rule["FREQ"] != "WEEKLY" or day.weekday() == start.weekday()
    names = {name, *(f"{place}{name}" for place in places(rule, day))}
    return bool(names & set(rule["BYDAY"].split(",")))


def places(rule: dict[str, str], day: date) -> tuple[int, int]:
    """Which Monday of the month (of the year) it is, from the front and from the back."""
    if rule["FREQ"] == "YEARLY" and "BYMONTH" not in rule:
        number, length = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
    else:
        number, length = day.day, monthrange(day.year, day.month)[1]
    return (number - 1) // 7 + 1, -((length - number) // 7 + 1)
