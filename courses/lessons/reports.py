"""What players report, as JSON in the field `report`: read with suspicion, since anybody can send anything."""

from collections.abc import Callable
from math import isfinite
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courses.lessons.watching import Beat

MOST_BEATS = 2000
MOST_PAGES = 5000
LONGEST = 100_000.0  # seconds


class ReportForm(forms.Form):
    """`read` makes of the JSON what the act wants; ValueError, TypeError and KeyError mean that it is none."""

    report = forms.JSONField()

    def __init__(self, *args: Any, read: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read

    def clean_report(self) -> Any:
        try:
            return self.read(self.cleaned_data["report"])
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise forms.ValidationError(_("The player's report cannot be read.")) from error


def beats_of(report: Any) -> list[Beat]:
    """`[{"from": 0, "to": 10, "rate": 1, "ago": 0.2}, …]`; times in seconds."""
    if not isinstance(report, list) or not 0 < len(report) <= MOST_BEATS:
        raise ValueError
    return [
        Beat(_number(row["from"]), _number(row["to"]), _number(row.get("rate", 1)), _number(row.get("ago", 0)))
        for row in report
    ]


def pages_of(report: Any) -> tuple[list[int], int]:
    """`{"seen": [1, 2], "page": 2}`."""
    seen = report["seen"]
    if not isinstance(seen, list) or len(seen) > MOST_PAGES:
        raise ValueError
    return [_whole(page) for page in seen], _whole(report["page"])


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise TypeError
    return min(max(float(value), 0.0), LONGEST)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return min(max(value, 0), 1_000_000)
