"""The moment that a page shows: now, or a past day as it was when it ended."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trainingsite.core import clock
from trainingsite.core.days import company_day, end_of
from trainingsite.core.forms import DayInput


@dataclass(frozen=True)
class Look:
    """`day` is the company's; `at` is its last moment when it is past, else now."""

    day: date
    at: datetime
    past: bool

    @property
    def query(self) -> str:
        """What links carry, so that the next page shows the same day."""
        return f"?on={self.day.isoformat()}" if self.past else ""


class DayForm(forms.Form):
    """`?on=`: a day up to today; without one, today."""

    on = forms.DateField(label=_("Day"), required=False, widget=DayInput)

    def __init__(self, *args: object, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.today = company_day(at)
        self.fields["on"].widget.attrs["max"] = self.today.isoformat()

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day:
            refuse_future(day, self.today)
        return day


def refuse_future(day: date, today: date) -> None:
    """Say that a day which has not come cannot be shown."""
    if day > today:
        raise ValidationError(gettext("What will be is not known yet: choose today or a past day."), code="future")


def look_of(request: HttpRequest) -> tuple[Look, DayForm]:
    """What the address asks for, and the form that asks; a day that cannot be shown gives today and says why."""
    now = clock.now()
    form = DayForm(request.GET if "on" in request.GET else None, at=now)
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    if day and day < form.today:
        return Look(day, end_of(day), past=True), form
    return Look(form.today, now, past=False), form
