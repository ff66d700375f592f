from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.job_plans.models import JobPlan, JobPlanTemplate
from mentoring.pairings.actions import FIRST_CHECKIN_AFTER, end_pairing, pair
from mentoring.pairings.models import EndReason, Pairing
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User


class PairForm(forms.Form):
    """The goal, the plan on the job, until when, and the first talk; a plan that goes on is not chosen again."""

    goal = forms.CharField(
        label=_("Goal"),
        max_length=300,
        help_text=_("What the newcomer shall be able to do, and by when."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    template = forms.ModelChoiceField(
        JobPlanTemplate.objects.none(),
        label=_("On-the-job plan"),
        required=False,
        empty_label=_("Without a plan"),
    )
    planned_end = forms.DateField(
        label=_("Planned until"),
        required=False,
        widget=DayInput,
        help_text=_("Left empty, it is the last day of the plan."),
    )
    first_checkin_on = forms.DateField(label=_("First check-in"), widget=DayInput)
    half_width = ("planned_end", "first_checkin_on")

    def __init__(self, *args: Any, on: date, mentee: User, going_on: JobPlan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.mentee = on, mentee
        self.fields["first_checkin_on"].initial = next_workday(on + FIRST_CHECKIN_AFTER)
        if going_on:
            del self.fields["template"]
            self.fields["planned_end"].initial = going_on.ends_on
            return
        field: Any = self.fields["template"]
        field.queryset = JobPlanTemplate.objects.for_job(mentee.position_id)

    def save(self, mentor: User) -> Pairing:
        return pair(mentor, self.mentee, on=self.on, today=self.on, **self.cleaned_data)


class EndForm(forms.Form):
    """Why it ends; what would be refused is not offered: who works through a plan reaches the goal by graduating."""

    reason = forms.ChoiceField(label=_("Reason"), choices=EndReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, by_plan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_plan:
            field: Any = self.fields["reason"]
            field.choices = [choice for choice in EndReason.choices if choice[0] != EndReason.REACHED]

    def save(self, pairing: Pairing, *, on: date) -> Pairing:
        reason = EndReason(self.cleaned_data["reason"])
        return end_pairing(pairing, reason=reason, note=self.cleaned_data["note"], on=on)


def next_workday(day: date) -> date:
    """`day` itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 - Friday
