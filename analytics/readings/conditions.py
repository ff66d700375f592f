"""The condition of audiences on what was measured of a person."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.db.models import DecimalField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Length, StrIndex
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analytics.metrics.models import Direction, Metric
from analytics.readings.models import Reading
from analytics.targets.models import Target
from courses.audiences.conditions import CONDITIONS, Condition, number
from courses.audiences.names import names_of
from courses.audiences.parts import PartsField

LABEL = gettext_lazy("A figure of the person")
MOST_MONTHS = 12
LARGEST = Decimal(10**9)
BELOW, ABOVE, MISSES = "below", "above", "misses"
COMPARISONS = [
    (MISSES, gettext_lazy("misses the target")),
    (BELOW, gettext_lazy("is below")),
    (ABOVE, gettext_lazy("is above")),
]


class FigureField(PartsField):
    """Which metric, over how many months, compared with what."""

    def __init__(self) -> None:
        metrics = [(metric.pk, str(metric)) for metric in Metric.objects.measured()]
        super().__init__(
            LABEL,
            {
                "metric": forms.TypedChoiceField(label=gettext_lazy("Metric"), choices=metrics, coerce=int),
                "comparison": forms.ChoiceField(label=gettext_lazy("Compared"), choices=COMPARISONS),
                "value": forms.DecimalField(
                    label=gettext_lazy("Value"), required=False, min_value=0, max_value=LARGEST, decimal_places=2
                ),
                "months": forms.IntegerField(
                    label=gettext_lazy("Last full months"), min_value=1, max_value=MOST_MONTHS, initial=1
                ),
            },
        )

    def compress(self, data_list: list[Any]) -> dict[str, Any]:
        """The value is stored as text, exact; it is needed unless the target is meant."""
        found = super().compress(data_list)
        value = found.get("value")
        if found and found["comparison"] != MISSES and value is None:
            raise forms.ValidationError(_("Say with which value the figure is compared."), code="required")
        kept = value is not None and found["comparison"] != MISSES
        return found | {"value": str(value) if kept else ""} if found else found


def _threshold(value: dict[str, Any]) -> Decimal:
    try:
        found = Decimal(value["value"])
    except InvalidOperation as error:
        raise ValueError(f"no number: {value['value']!r}") from error
    if not 0 <= found <= LARGEST:
        raise ValueError(f"out of range: {value['value']!r}")
    return found


def _matching(value: Any, day: date) -> Q:
    """Whose figure over the last full months is so; who was not measured has none."""
    comparison, metric = value["comparison"], number(value["metric"])
    last = day.replace(day=1)
    first = last - relativedelta(months=number(value["months"], MOST_MONTHS))
    measured = Reading.objects.in_force().filter(metric=metric, person__isnull=False, day__gte=first, day__lt=last)
    if comparison == MISSES:
        return Q(pk__in=_missing_target(measured, metric, day).values("person"))
    lookup = {BELOW: "figure__lt", ABOVE: "figure__gt"}[comparison]
    scaled = _with_figure(measured.values("person"), metric)
    return Q(pk__in=scaled.filter(**{lookup: _threshold(value)}).values("person"))


def _with_figure(measured: QuerySet[Any, Any], metric: int) -> Any:
    """Adds `figure`, as it is shown: a ratio in percent."""
    scale = Metric.objects.filter(pk=metric, aggregation="ratio").exists()
    return measured.annotate(
        figure=ExpressionWrapper(
            Sum("numerator") * Value(Decimal(100 if scale else 1)) / Sum("denominator"),
            DecimalField(max_digits=20, decimal_places=4),
        )
    )


def _missing_target(measured: QuerySet[Any, Any], metric: int, day: date) -> Any:
    """Against the nearest target above the person's department, and of its targets the newest."""
    above = (
        Target.objects.filter(metric=metric, starts_on__lte=day)
        .annotate(at=StrIndex(OuterRef("person__department__path"), F("department__path")))
        .filter(Q(department=None) | Q(at=1))
        .order_by(Length("department__path").desc(nulls_last=True), "-starts_on")
    )
    aimed = _with_figure(measured.values("person", "person__department__path"), metric).annotate(
        aim=Subquery(above.values("value")[:1])
    )
    lower = Metric.objects.filter(pk=metric, direction=Direction.LOWER).exists()
    return aimed.filter(**{"figure__gt" if lower else "figure__lt": F("aim")})


def _words(value: Any) -> str:
    months = number(value["months"], MOST_MONTHS)
    compared = str(dict(COMPARISONS)[value["comparison"]])
    if value["comparison"] != MISSES:
        compared = f"{compared} {_threshold(value).normalize():f}"
    over = ngettext("in the last full month", "in the last %(n)s full months", months) % {"n": months}
    name = names_of(Metric, [number(value["metric"])])[0]
    return _("%(metric)s %(compared)s %(over)s") % {"metric": name, "compared": compared, "over": over}


CONDITIONS.register("figure", Condition(LABEL, FigureField, _matching, _words, heading=gettext_lazy("Figures")))
