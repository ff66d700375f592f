from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.checkins.actions import StepText, Talk, note_checkin
from mentoring.checkins.models import CheckIn, Progress
from mentoring.job_plans.models import Side
from mentoring.pairings.forms import next_workday
from mentoring.pairings.models import Pairing
from trainingsite.core.forms import DayInput

USUAL_GAP = timedelta(days=7)


class CheckInForm(forms.Form):
    held_on = forms.DateField(label=_("Held on"), widget=DayInput)
    note = forms.CharField(
        label=_("What was done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The mentee does not see this note."),
    )
    progress = forms.TypedChoiceField(
        label=pgettext_lazy("check-in", "Progress"), choices=Progress.choices, coerce=int, widget=forms.RadioSelect
    )
    next_step = forms.CharField(
        label=_("Next step"), max_length=300, required=False, help_text=_("The mentee sees this.")
    )
    next_due_on = forms.DateField(label=_("Next check-in"), widget=DayInput)
    half_width = ("held_on", "next_due_on")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["held_on"].initial = on
        self.fields["next_due_on"].initial = next_workday(on + USUAL_GAP)

    def save(self, pairing: Pairing) -> CheckIn:
        kept = dict(self.cleaned_data)
        step, next_due_on = kept.pop("next_step"), kept.pop("next_due_on")
        steps = (StepText(Side.MENTEE, step),) if step else ()
        return note_checkin(pairing, Talk(**kept, next_steps=steps), next_due_on=next_due_on, on=self.on)
