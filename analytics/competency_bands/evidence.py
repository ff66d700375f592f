"""Once a month the figures of people become evidence of their competencies.

A month is judged when its readings have had some days to come in, by the bands in use at that moment. It is looked at
again for a while: a corrected reading lets the evidence of the month be recorded anew.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics.competency_bands.models import KpiBand
from analytics.competency_bands.scoring import score_of, steps_of
from analytics.models import Reading
from assessments.models import Evidence
from assessments.ratings.recording import Piece, keep
from trainingsite.core.days import company_day, start_of

SOURCE = "kpi"
MONTH = relativedelta(months=1)
SETTLES = timedelta(days=3)  # until the readings of a month's last days have come in
LOOKED_AGAIN = 3  # months
MOMENT = timedelta(seconds=1)


def record_due(*, at: datetime) -> int:
    """Record the months that are over, the oldest first; returns how many pieces are new. A repeat records none."""
    last = company_day(at - SETTLES).replace(day=1) - MONTH
    return sum(record_month(last - back * MONTH, at=at) for back in range(LOOKED_AGAIN - 1, -1, -1))


def record_month(month: date, *, at: datetime) -> int:
    """Record what the figures of the month (its first day) say; returns how many pieces are new.

    One piece a person, band and month. Another score than before, or no figure any more, voids what was recorded.
    """
    settled = settled_at(month)
    if settled > at:
        return 0
    rows = KpiBand.objects.standing(settled).select_related("metric")
    return sum(_record(band, month, at) for band in rows)


def _record(band: KpiBand, month: date, at: datetime) -> int:
    pieces = pieces_of(band, month)
    whose = {piece.person_id for piece in pieces}
    event = event_of(band, month)
    known = Evidence.objects.standing().filter(source=SOURCE, competency=band.competency_id, key__startswith=event)
    gone = [row for row in known.filter(at__gte=start_of(month)) if row.person_id not in whose]
    if not pieces and not gone:
        return 0
    return len(keep(pieces, reason=_("The readings of the month were corrected."), at=at, gone=gone))


def event_of(band: KpiBand, month: date) -> str:
    """What names the piece of a person: the band and the month."""
    return f"{band.pk}-{month:%Y-%m}"


def settled_at(month: date) -> datetime:
    """When the readings of the month are taken to be complete."""
    return start_of(month + MONTH) + SETTLES


def pieces_of(band: KpiBand, month: date) -> list[Piece]:
    """What the figures of the month say of each person with enough cases. One query."""
    return list(_pieces(band, month))


def _pieces(band: KpiBand, month: date) -> Iterator[Piece]:
    steps, event = steps_of(band.bands), event_of(band, month)
    when = start_of(month + MONTH) - MOMENT
    for person, numerator, denominator, cases in _sums(band, month):
        figure = band.metric.value(numerator, denominator)
        if figure is not None:
            title = title_of(band, month, figure)
            note = _("%(n)s cases") % {"n": cases}
            score = score_of(round(figure, 4), steps, band.metric)
            yield Piece(person, band.competency_id, SOURCE, event, title, score, when, note=note)


def _sums(band: KpiBand, month: date) -> Iterator[tuple[int, Decimal, Decimal, int]]:
    readings = Reading.objects.in_force().filter(metric=band.metric_id, person__isnull=False)
    within = readings.filter(day__gte=month, day__lt=month + MONTH).order_by("person").values("person")
    sums = within.annotate(top=Sum("numerator"), bottom=Sum("denominator"), cases=Sum("sample_size"))
    rows = sums.filter(cases__gte=band.minimum_cases)
    return rows.values_list("person", "top", "bottom", "cases").iterator()


def title_of(band: KpiBand, month: date, figure: float) -> str:
    """The metric, the month and the figure, as they were called then."""
    values = {"metric": band.metric, "month": date_format(month, "YEAR_MONTH_FORMAT"), "figure": f"{figure:.4g}"}
    words = _("%(metric)s, %(month)s: %(figure)s")
    return f"{words % values} {band.metric.get_unit_display()}"
