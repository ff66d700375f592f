"""Forms of ratings: assess somebody, void a piece of evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.ratings.assessing import assess
from assessments.ratings.models import Evidence, EvidenceVoid
from assessments.ratings.recording import LONGEST_NOTE, LONGEST_REASON, void
from courses.models import Competency
from trainingsite.core import clock
from trainingsite.people.models import User


class AssessForm(forms.Form):
    """A level, chosen by its behaviours, and what was seen."""

    level = forms.TypedChoiceField(
        label=_("Level seen"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the level whose behaviours you saw.")},
    )
    note = forms.CharField(
        label=_("What you saw"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A case or two that show it; the person reads this."),
        error_messages={"required": _("Say what you saw, so that it can be understood.")},
    )

    def __init__(self, *args: Any, numbers: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = self.fields["level"]
        assert isinstance(level, forms.TypedChoiceField)  # noqa: S101 - declared above
        level.choices = [(number, str(number)) for number in range(1, numbers + 1)]

    def save(self, person: User, competency: Competency, *, by: User) -> Evidence:
        data = self.cleaned_data
        return assess(person, competency, level=data["level"], note=data["note"], by=by, at=clock.now())


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays with the piece; the person and the supervisors read it."),
    )

    def save(self, evidence: Evidence, *, by: User) -> EvidenceVoid:
        return void(evidence, reason=self.cleaned_data["reason"], by=by, at=clock.now())
