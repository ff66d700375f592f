"""A year as a table: public holidays of the regions and the company's days, a row a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from courses.workdays.days import Holiday, holidays_between
from courses.workdays.models import CompanyDay
from courses.workdays.regions import Region, table_of


@dataclass
class Row:
    """A day that is special somewhere; `cells` stand in the order of the regions."""

    day: date
    cells: list[Holiday | None]
    own: list[CompanyDay] = field(default_factory=list)


@dataclass(frozen=True)
class Year:
    """`unannounced` are the regions whose government has not yet said which weekends are worked."""

    number: int
    regions: list[Region]
    rows: list[Row]
    unannounced: list[Region]


def year_of(number: int, regions: Sequence[Region], own: Iterable[CompanyDay]) -> Year:
    """The days of the year on which one of the regions or the company rests or works other than usual."""
    rows: dict[date, Row] = {}
    for holiday in holidays_between(date(number, 1, 1), date(number, 12, 31), regions):
        row = rows.setdefault(holiday.day, Row(holiday.day, [None] * len(regions)))
        row.cells[regions.index(holiday.region)] = holiday
    for each in own:
        rows.setdefault(each.day, Row(each.day, [None] * len(regions))).own.append(each)
    unannounced = [region for region in regions if not table_of(region, number).announced]
    return Year(number, list(regions), [rows[day] for day in sorted(rows)], unannounced)
