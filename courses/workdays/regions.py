"""The regions whose public holidays are known, and their tables: read once a process, since they do not change."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import get_language, override, pgettext_lazy

FIRST_YEAR, LAST_YEAR = 2000, 2099
LANGUAGES = {"zh-hans": "zh_CN", "zh-hant": "zh_TW"}
NOT_ZH_TW = {"HK": "zh_HK"}
PAGES = {"zh_CN": "zh-hans", "zh_TW": "zh-hant", "zh_HK": "zh-hant"}
WRITTEN_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<m>\d\d)/(?P<d>\d\d)/(?P<y>\d{4})")
# What the library calls them in Simplified Chinese is not what people of the mainland say.
USUAL = {"中华民国开国纪念日": "元旦", "一月一日": "元旦", "臺灣光復節": "台湾光复节"}


class Region(TextChoices):
    CN = "CN", pgettext_lazy("region", "Mainland China")
    TW = "TW", pgettext_lazy("region", "Taiwan")
    HK = "HK", pgettext_lazy("region", "Hong Kong")


REGION_OF_ZONE = {"Asia/Taipei": Region.TW, "Asia/Hong_Kong": Region.HK}


def region_of(time_zone: str) -> Region:
    """The region whose holidays somebody of the zone has; elsewhere those of the company's seat."""
    return REGION_OF_ZONE.get(time_zone, Region.CN)


@dataclass(frozen=True)
class Table:
    """A region's year: days off with their names, and weekend days on which people work instead.

    `announced` is whether the government has said which weekends are worked; next year's come each November.
    """

    off: Mapping[date, str]
    worked: frozenset[date]
    announced: bool


@cache
def table(region: str, year: int, language: str) -> Table:
    """The table of a year in a language of the library; a year that it does not know is empty."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Table(MappingProxyType({}), frozenset(), announced=False)
    found = holidays.country_holidays(region, years=year, language=language)
    named = {day: _as_the_page_writes(name, language) for day, name in sorted(found.items()) if day.year == year}
    off = {day: USUAL.get(name, name) for day, name in named.items()}
    worked = frozenset(day for day in found.weekend_workdays if day.year == year)
    announced = region != Region.CN or year in found.special_public_holidays
    return Table(MappingProxyType(off), worked, announced)


def _as_the_page_writes(name: str, language: str) -> str:
    """The name with the day that was worked instead written as the pages write dates."""

    def written(found: re.Match[str]) -> str:
        parts = [int(found[name] or found[short]) for name, short in (("year", "y"), ("month", "m"), ("day", "d"))]
        with override(PAGES.get(language, "en")):
            return date_format(date(*parts), "MONTH_DAY_FORMAT")

    return WRITTEN_DATE.sub(written, name)


def table_of(region: str, year: int) -> Table:
    """The table of a year, with names in the language of the page."""
    code = LANGUAGES.get(get_language() or "", "en_US")
    return table(region, year, NOT_ZH_TW.get(region, code) if code == "zh_TW" else code)
