"""Rows of readings as they come in, checked: every row becomes a fact or a problem that names row and field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.metrics.models import Aggregation, Metric, Origin
from trainingsite.people.models import Department, User

Row = Mapping[str, Any]
LARGEST = Decimal(10) ** 12
LARGEST_SAMPLE = 2**31 - 1
PLACES = Decimal("0.0001")
FIELDS = frozenset(
    {"metric", "employee_number", "external_id", "department", "day", "numerator", "denominator", "sample_size"}
)


class Bad(Exception):  # noqa: N818 - reads as what it says of the row
    """One field of a row is wrong."""

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class Problem:
    """What is wrong with the row of this number (from 1, as given), at which field."""

    row: int
    field: str
    message: str


@dataclass(frozen=True)
class Fact:
    """A checked row. `department_id` is where the row says it happened, `home_id` where the person is now."""

    metric_id: int
    person_id: int | None
    department_id: int | None
    home_id: int | None
    day: date
    numerator: Decimal
    denominator: Decimal
    sample_size: int

    @property
    def key(self) -> tuple[int, int | None, int | None, date]:
        return self.metric_id, self.person_id, None if self.person_id else self.department_id, self.day


@dataclass(frozen=True)
class Known:
    """What the rows refer to, looked up once for all of them."""

    metrics: dict[str, Metric]
    by_number: dict[str, tuple[int, int | None]]
    by_external: dict[str, tuple[int, int | None]]
    departments: dict[str, int]
    today: date


def look_up(rows: Sequence[Row], *, today: date) -> Known:
    """Three queries, whatever the number of rows."""
    numbers, externals, places = (_texts(rows, name) for name in ("employee_number", "external_id", "department"))
    people = User.objects.filter(is_service=False)
    return Known(
        metrics=_metrics(),
        by_number={n: (pk, at) for n, pk, at in _people(people.filter(employee_number__in=numbers), "employee_number")},
        by_external={n: (pk, at) for n, pk, at in _people(people.filter(external_id__in=externals), "external_id")},
        departments={str(one.external_id): one.pk for one in Department.objects.filter(external_id__in=places)},
        today=today,
    )


def _texts(rows: Sequence[Row], name: str) -> set[str]:
    return {text for row in rows if (text := _text(row.get(name)))}


def _people(queryset: Any, key: str) -> Iterable[tuple[str, int, int | None]]:
    rows: Iterable[tuple[str, int, int | None]] = queryset.values_list(key, "pk", "department_id")
    return rows


def _metrics() -> dict[str, Metric]:
    """By code, and by name in any language, as people write them into a table."""
    found: dict[str, Metric] = {}
    for metric in Metric.objects.all():
        names = [metric.name, *(texts.get("name", "") for texts in metric.translations.values())]
        found.update({name.casefold(): metric for name in [*names, metric.code] if name})
    return found


def check_rows(rows: Sequence[Row], *, today: date) -> tuple[list[Fact], list[Problem]]:
    """The facts of the good rows, and what is wrong with the others; a row that is given twice counts once."""
    known = look_up(rows, today=today)
    facts: dict[tuple[int, int | None, int | None, date], tuple[int, Fact]] = {}
    problems = []
    for number, row in enumerate(rows, start=1):
        try:
            fact = _fact(row, known)
            first, earlier = facts.setdefault(fact.key, (number, fact))
            _refuse_other_numbers(fact, earlier, first)
        except Bad as bad:
            problems.append(Problem(number, bad.field, str(bad.message)))
    return [fact for _number, fact in facts.values()], problems


def _refuse_other_numbers(fact: Fact, earlier: Fact, row: int) -> None:
    if earlier != fact:
        raise Bad("day", _("Row %(row)s has the same metric, person and day with other numbers.") % {"row": row})


def _fact(row: Row, known: Known) -> Fact:
    if unknown := sorted(str(name) for name in set(row) - FIELDS):
        raise Bad(unknown[0], _("There is no such field."))
    metric = _metric(row, known)
    person_id, department_id, home_id = _whom(row, known)
    numerator, denominator = _number(row, "numerator"), _number(row, "denominator")
    if denominator == 0:
        raise Bad("denominator", _("It must be more than 0: a day on which nothing was measured has no row."))
    if metric.aggregation == Aggregation.RATIO and numerator > denominator:
        raise Bad("numerator", _("It is more than the denominator; a ratio counts a part of all cases."))
    size = _sample(row, denominator)
    day = _day(row, known.today)
    return Fact(metric.pk, person_id, department_id, home_id, day, numerator, denominator, size)


def _metric(row: Row, known: Known) -> Metric:
    metric = known.metrics.get(_required(row, "metric").casefold())
    if metric is None:
        raise Bad("metric", _("There is no metric “%(code)s”.") % {"code": row["metric"]})
    if metric.origin != Origin.READINGS:
        raise Bad("metric", _("“%(name)s” is counted from training and takes no readings.") % {"name": metric})
    return metric


def _whom(row: Row, known: Known) -> tuple[int | None, int | None, int | None]:
    """The ids of the person, of the department that the row names, and of the person's own."""
    number, external, place = (_text(row.get(name)) for name in ("employee_number", "external_id", "department"))
    department_id = known.departments.get(place) if place else None
    if place and department_id is None:
        raise Bad("department", _("There is no department with the id “%(id)s”.") % {"id": place})
    if not number and not external:
        if department_id is None:
            raise Bad("employee_number", _("Say whose reading this is."))
        return None, department_id, None
    person = known.by_number.get(number) if number else known.by_external.get(external)
    if person is None:
        field = "employee_number" if number else "external_id"
        raise Bad(field, _("There is no person with “%(id)s”.") % {"id": number or external})
    if number and external and known.by_external.get(external) != person:
        raise Bad("external_id", _("Employee number and id belong to different people."))
    return person[0], department_id, person[1]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _required(row: Row, name: str) -> str:
    text = _text(row.get(name))
    if not text:
        raise Bad(name, _("This field is needed."))
    return text


def _day(row: Row, today: date) -> date:
    value = row.get("day")
    text = _required(row, "day")
    try:
        day = value if type(value) is date else date.fromisoformat(text)
    except ValueError:
        raise Bad("day", _("“%(text)s” is no date; write it like 2026-03-31.") % {"text": text[:40]}) from None
    if day > today:
        raise Bad("day", _("%(day)s is in the future.") % {"day": day.isoformat()})
    return day


def _number(row: Row, name: str) -> Decimal:
    text = _required(row, name)
    try:
        number = Decimal(text)
        exact = number.quantize(PLACES) if number.is_finite() and abs(number) < LARGEST else None
    except InvalidOperation:
        exact = None
    if exact is None or isinstance(row[name], bool):
        raise Bad(name, _("“%(text)s” is no number that can be kept.") % {"text": text[:40]})
    if exact < 0:
        raise Bad(name, _("It must not be negative."))
    return exact


def _sample(row: Row, denominator: Decimal) -> int:
    """Cases behind the figure; not given, the denominator says it."""
    if not _text(row.get("sample_size")):
        return min(max(1, round(denominator)), LARGEST_SAMPLE)
    size = _number(row, "sample_size")
    if size != int(size) or not 0 < size <= LARGEST_SAMPLE:
        raise Bad("sample_size", _("A whole number of cases is needed, at least 1."))
    return int(size)
