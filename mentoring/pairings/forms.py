from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.pairings.actions import FIRST_CHECKIN_AFTER, end_pairing, pair
from mentoring.pairings.models import EndReason, Pairing
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User


class PairForm(forms.Form):
    goal = forms.CharField(
        label=_("Goal"),
        max_length=300,
        help_text=_("What the newcomer shall be able to do, and by when."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    first_checkin_on = forms.DateField(label=_("First check-in"), widget=DayInput)
    half_width = ("first_checkin_on",)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["first_checkin_on"].initial = next_workday(on + FIRST_CHECKIN_AFTER)

    def save(self, mentor: User, mentee: User) -> Pairing:
        return pair(mentor, mentee, on=self.on, **self.cleaned_data)


class EndForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=EndReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def save(self, pairing: Pairing, *, on: date) -> Pairing:
        reason = EndReason(self.cleaned_data["reason"])
        return end_pairing(pairing, reason=reason, note=self.cleaned_data["note"], on=on)


def next_workday(day: date) -> date:
    """`day` itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 - Friday
