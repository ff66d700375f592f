"""How numbers, moments and names are shown."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NOTHING = "–"
HOUR = 60
CJK_FIRST, CJK_LAST = "\u3400", "\u9fff"


def percent(ratio: float | None, decimals: int = 1) -> str:
    """0.892 → "89.2%"; no value → a dash."""
    return NOTHING if ratio is None else number_format(round(100 * ratio, decimals), decimals) + "%"


def listed(names: Iterable[object]) -> str:
    """Names one after the other, as the reader's language sets them apart."""
    return _(", ").join(str(name) for name in names)


def duration(minutes: float | None) -> str:
    """95 → "1 h 35 min", in the person's language."""
    if minutes is None:
        return NOTHING
    hours, rest = divmod(round(minutes), HOUR)
    parts = [_("%(n)s h") % {"n": hours}] if hours else []
    if rest or not hours:
        parts.append(_("%(n)s min") % {"n": rest})
    return " ".join(parts)


def moment(value: date | datetime, now: datetime) -> str:
    """A date or a time as people say it: relative when near `now`, absolute when not."""
    if not isinstance(value, datetime):
        return day(value, timezone.localdate(now))
    minutes = round((now - value).total_seconds() / 60)
    if 0 <= minutes < HOUR:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes} if minutes else _("just now")
    local = timezone.localtime(value)
    return f"{day(local.date(), timezone.localdate(now))} {local:%H:%M}"


def day(value: date, today: date) -> str:
    """A day as people say it: today, tomorrow, a date of this year, a date."""
    near = {timedelta(-1): _("yesterday"), timedelta(0): _("today"), timedelta(1): _("tomorrow")}
    if value - today in near:
        return near[value - today]
    return date_format(value, "MONTH_DAY_FORMAT" if value.year == today.year else "DATE_FORMAT")


def absolute(value: date | datetime) -> str:
    """The whole date, with the time where there is one."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT")


def initials(name: str) -> str:
    """王小明 → 小明, Ada Lovelace → AL."""
    words = name.split()
    if not words:
        return "?"
    if CJK_FIRST <= words[0][0] <= CJK_LAST:
        return words[0][-2:]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()
