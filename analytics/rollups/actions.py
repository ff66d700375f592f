"""Bring the monthly figures in step with the facts: only the months that are marked, each computed anew."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, rrule
from django.conf import settings
from django.db import connection, transaction

from analytics.rollups.counting import SUM_LEARNING
from analytics.rollups.models import DirtyMonth, Kind, LearningMonth, ReadingMonth, Refresh
from trainingsite.core import clock

TABLES: dict[Kind, type[ReadingMonth] | type[LearningMonth]] = {
    Kind.READINGS: ReadingMonth,
    Kind.LEARNING: LearningMonth,
}
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('analytics.rollups.' || %s))"
TAKE_MARKS = "DELETE FROM analytics_dirtymonth WHERE kind = %s RETURNING month"
SPANS = {
    Kind.READINGS: "SELECT min(day), max(day) FROM analytics_reading",
    Kind.LEARNING: """SELECT least(min(e.due_on), min(e.completed_at)::date, min(a.submitted_at)::date),
                             greatest(max(e.due_on), max(e.completed_at)::date, max(a.submitted_at)::date)
                      FROM courses_enrolment AS e LEFT JOIN assessments_attempt AS a ON a.enrolment_id = e.id""",
}
SUM_READINGS = """
INSERT INTO analytics_readingmonth (month, department_id, metric_id, numerator, denominator, sample_size)
SELECT m.month, r.department_id, r.metric_id, sum(r.numerator), sum(r.denominator), sum(r.sample_size)
FROM unnest(%(months)s::date[]) AS m(month)
JOIN analytics_reading AS r ON r.day >= m.month AND r.day < m.month + interval '1 month'
WHERE r.superseded_at IS NULL
GROUP BY m.month, r.department_id, r.metric_id
"""
STATEMENTS = {Kind.READINGS: SUM_READINGS, Kind.LEARNING: SUM_LEARNING}


def refresh(*, at: datetime | None = None) -> int:
    """Compute the stale months of both kinds anew; returns how many. Two at the same time do it once.

    Today matters too: what became due since yesterday counts from today on.
    """
    on = (at or clock.now()).astimezone(_zone()).date()
    return sum(_refresh(kind, on) for kind in Kind)


def rebuild(*, at: datetime | None = None) -> int:
    """Compute every month anew, whatever is marked."""
    DirtyMonth.objects.bulk_create([DirtyMonth(kind=kind) for kind in Kind])
    return refresh(at=at)


@transaction.atomic
def _refresh(kind: Kind, on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [kind.value])
        if not cursor.fetchone()[0]:
            return 0
        months = sorted(_stale(kind, on))
        if months:
            TABLES[kind].objects.filter(month__in=months).delete()
            cursor.execute(STATEMENTS[kind], {"months": months, "on": on, "zone": settings.TIME_ZONE})
    Refresh.objects.update_or_create(kind=kind, defaults={"on": on, "at": clock.now()})
    return len(months)


def _stale(kind: Kind, on: date) -> set[date]:
    """The months to compute. A mark that is written after this is seen by the next refresh."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_MARKS, [kind.value])
        marked: set[date | None] = {month for (month,) in cursor.fetchall()}
    if None in marked:
        marked |= _all_months(kind)
    before = Refresh.objects.filter(kind=kind).values_list("on", flat=True).first()
    if kind == Kind.LEARNING and before != on:
        marked |= _months_between(before or on, on)
    return {month for month in marked if month}


def _all_months(kind: Kind) -> set[date]:
    with connection.cursor() as cursor:
        cursor.execute(SPANS[kind])
        first, last = cursor.fetchone()
    kept = set(TABLES[kind].objects.values_list("month", flat=True))
    return kept | (_months_between(first, last) if first and last else set())


def _months_between(first: date, last: date) -> set[date]:
    starts = sorted((first.replace(day=1), last.replace(day=1)))
    return {moment.date() for moment in rrule(MONTHLY, dtstart=_midnight(starts[0]), until=_midnight(starts[1]))}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, not a moment


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
