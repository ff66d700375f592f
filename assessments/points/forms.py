from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessments.points.actions import give, void_entry
from assessments.points.models import MOST_POINTS, PointEntry, PointRule
from assessments.points.rules import LONGEST_HALF_LIFE, Terms, save_rule
from trainingsite.core.forms import LIMITS, DayInput
from trainingsite.people.models import User

LONGEST_REASON = 300
TWO_LINES = {"rows": 2}


class GiveForm(forms.Form):
    """`key` names the gift, so that a form sent twice gives once."""

    points = forms.IntegerField(label=gettext_lazy("points"), min_value=1, max_value=MOST_POINTS, error_messages=LIMITS)
    reason = forms.CharField(
        label=pgettext_lazy("points", "What for"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("The person reads it, word for word. Say what happened and what was good about it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, most: int, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid4().hex
        points = self.fields["points"]
        points.widget.attrs |= {"max": min(most, left), "inputmode": "numeric"}
        text = _("At most %(most)s for one gift. This person can get %(left)s more by hand this month, from everybody.")
        points.help_text = text % {"most": most, "left": left}

    def save(self, person: User, *, by: User, at: datetime) -> PointEntry:
        data = self.cleaned_data
        return give(person, data["points"], reason=data["reason"], by=by, at=at, key=data["key"])


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("The person reads it."),
        widget=forms.Textarea(attrs=TWO_LINES),
    )

    def save(self, entry: PointEntry, *, by: User, at: datetime) -> PointEntry:
        return void_entry(entry, reason=self.cleaned_data["reason"], by=by, at=at)


class RuleForm(forms.Form):
    """What an event earns from a day on."""

    points = forms.IntegerField(
        label=gettext_lazy("points"),
        min_value=0,
        error_messages=LIMITS,
        max_value=MOST_POINTS,
        help_text=pgettext_lazy("points", "0: it earns nothing."),
    )
    half_life_days = forms.IntegerField(
        label=gettext_lazy("half-life (days)"),
        min_value=1,
        error_messages=LIMITS,
        max_value=LONGEST_HALF_LIFE,
        required=False,
        help_text=gettext_lazy("After so many days half is left. Empty: the points last."),
    )
    valid_from = forms.DateField(label=gettext_lazy("valid from"), widget=DayInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs=TWO_LINES)
    )
    half_width = ("points", "half_life_days")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["valid_from"].widget.attrs["min"] = on.isoformat()

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(data["points"], data["half_life_days"], data["valid_from"])

    def save(self, event: str, *, by: User) -> PointRule:
        return save_rule(event, self.terms, reason=self.cleaned_data["reason"], by=by, on=self.on)
