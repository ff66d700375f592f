"""Bands as they are typed: a row each, the worst first."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.competency_bands.actions import add_band, change_band
from analytics.competency_bands.models import KpiBand
from analytics.competency_bands.scoring import FEWEST_BANDS, LARGEST, MOST_BANDS, Step, steps_of
from analytics.metrics.models import Metric
from courses.models import Competency
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import LIMITS

NUMBERS = range(1, MOST_BANDS + 1)


class BandForm(forms.Form):
    """Rows left empty at the end are not made. Metric and competency stay what they are when bands are changed."""

    half_width = ("metric", "competency")

    metric = forms.ModelChoiceField(Metric.objects.measured(), label=_("Metric"))
    competency = forms.ModelChoiceField(
        Competency.objects.in_use().select_related("group"), label=_("What it says something of")
    )
    minimum_cases = forms.IntegerField(
        label=_("Fewest cases in a month"),
        min_value=1,
        error_messages=LIMITS,
        max_value=100_000,
        initial=20,
        help_text=_("Months of a person with fewer say nothing: chance would speak."),
    )

    def __init__(self, *args: Any, band: KpiBand | None = None, **kwargs: Any) -> None:
        self.band = band
        if band:
            kwargs["initial"] = _initial(band)
        super().__init__(*args, **kwargs)
        for number in NUMBERS:
            if number > 1:
                self.fields[f"from_{number}"] = _number(gettext("Band %(n)s: from") % {"n": number}, number, LARGEST)
            self.fields[f"score_{number}"] = _number(gettext("Band %(n)s: score") % {"n": number}, number, Decimal(100))
        if band:
            for name in ("metric", "competency"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """A row is whole, and none is left out between two others."""
        data: dict[str, Any] = super().clean() or {}
        last = max((n for n in NUMBERS if any(data.get(name) is not None for name in _names(n))), default=0)
        for number in range(1, last + 1):
            for name in _names(number):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, gettext("This band is not complete."))
        return data

    def save(self, *, at: datetime) -> KpiBand | None:
        """The bands as they hold from now on; None when they were refused, which then stands at its row."""
        given = self.cleaned_data
        steps, cases = list(self._steps()), given["minimum_cases"]
        try:
            if self.band:
                return change_band(self.band, steps, minimum_cases=cases, at=at)
            return add_band(given["metric"], given["competency"], steps, minimum_cases=cases, at=at)
        except Refused as refusal:
            self._show(refusal)
            return None

    def _steps(self) -> Iterator[Step]:
        for number in NUMBERS:
            score = self.cleaned_data[f"score_{number}"]
            if score is not None:
                yield Step(self.cleaned_data.get(f"from_{number}"), score)

    def _show(self, refusal: Refused) -> None:
        if not refusal.rows:
            show_refusal(self, refusal)
        for number, field, text in refusal.rows:
            name = f"{field}_{number}"
            self.add_error(name if name in self.fields else None, text)

    @property
    def rows(self) -> list[tuple[int, BoundField | None, BoundField]]:
        """Number, where the band begins and its score; the first begins nowhere."""
        return [(n, self[f"from_{n}"] if n > 1 else None, self[f"score_{n}"]) for n in NUMBERS]


def _names(number: int) -> list[str]:
    return [f"from_{number}", f"score_{number}"] if number > 1 else ["score_1"]


def _number(label: str, number: int, most: Decimal) -> forms.DecimalField:
    needed = number <= FEWEST_BANDS
    return forms.DecimalField(
        label=label,
        required=needed,
        min_value=Decimal(0),
        max_value=most,
        max_digits=14,
        decimal_places=4,
        error_messages=LIMITS,
    )


def _initial(band: KpiBand) -> dict[str, Any]:
    initial = {"metric": band.metric, "competency": band.competency, "minimum_cases": band.minimum_cases}
    for number, step in enumerate(steps_of(band.bands), 1):
        initial |= {f"from_{number}": step.begins, f"score_{number}": step.score}
    return initial
