"""The browser's door to attendance: the code that is typed, and what the roster notes of one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.attendance.actions import note
from courses.attendance.states import Fact, Presence
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.people.models import User


class CheckInForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "a-code-input", "data-focus": ""}
        ),
    )


class FactForm(forms.Form):
    """One fact about one person; minutes that were not touched are not sent on, so that they stay as they are."""

    person = forms.IntegerField(min_value=1)
    presence = forms.ChoiceField(choices=Presence.choices)
    late = forms.IntegerField(label=_("late (minutes)"), min_value=0, max_value=1000, required=False)
    left = forms.IntegerField(label=_("left early (minutes)"), min_value=0, max_value=1000, required=False)
    late_was = forms.CharField(required=False)
    left_was = forms.CharField(required=False)
    reason = forms.CharField(max_length=200, required=False)
    why = forms.CharField(max_length=200, required=False)
    anyway = forms.BooleanField(required=False)

    def fact(self) -> Fact:
        given = self.cleaned_data
        presence = Presence(given["presence"])
        late, left = (self._touched(name) for name in ("late", "left"))
        reason = given["reason"] if presence == Presence.EXCUSED else ""
        return Fact(given["person"], presence, late, left, reason)

    def _touched(self, name: str) -> int | None:
        """What was typed; None when it is what stood there."""
        if self.data.get(name, "") == self.data.get(f"{name}_was", ""):
            return None
        typed: int | None = self.cleaned_data[name]
        return typed or 0

    def save(self, session: Session, *, by: User) -> int:
        given = self.cleaned_data
        return note(session, [self.fact()], by=by, at=clock.now(), anyway=given["anyway"], reason=given["why"])

    @property
    def complaint(self) -> str:
        """What is wrong, in one sentence."""
        errors: Any = self.errors.values()
        return " ".join(str(error) for found in errors for error in found)
