from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import Certification
from courses.competencies.fields import TeachesField, TeachesWidget
from mentoring.careers.actions import Asked, Way, save_step
from mentoring.careers.models import PERCENT, CareerStep, Nomination, Readiness, Reserve, Track
from mentoring.careers.nominating import approve, call_off, decline, nominate, withdraw
from mentoring.careers.reserving import keep_in_reserve, take_from_reserve
from trainingsite.core.forms import DayInput
from trainingsite.people.models import Position, User

GRADE = forms.TextInput(attrs={"list": "grades", "autocomplete": "off"})
ASKED = ("fit", "points", "months", "appraisal")
MOST_POINTS, MOST_MONTHS = 1_000_000, 240


class NeedsWidget(TeachesWidget):
    template_name = "mentoring/careers/competencies.html"


class StepForm(forms.Form):
    from_position = forms.ModelChoiceField(Position.objects.order_by("name"), label=_("From position"))
    from_grade = forms.CharField(
        label=_("From grade"), max_length=16, required=False, widget=GRADE, help_text=_("Empty: every grade.")
    )
    to_position = forms.ModelChoiceField(Position.objects.order_by("name"), label=_("To position"))
    to_grade = forms.CharField(
        label=_("To grade"),
        max_length=16,
        required=False,
        widget=GRADE,
        help_text=_("Empty: the grade stays as it is."),
    )
    track = forms.ChoiceField(
        label=pgettext_lazy("career", "Track"),
        choices=Track.choices,
        initial=Track.PROFESSIONAL,
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(
        label=_("Summary"), max_length=300, required=False, help_text=_("One sentence: who this is the way for.")
    )
    fit = forms.IntegerField(
        label=_("Fit with the role profile (%)"),
        required=False,
        validators=PERCENT,
        help_text=_("How much of the role profile of the new job has to be there."),
    )
    points = forms.IntegerField(
        label=_("Ability points"),
        required=False,
        min_value=1,
        max_value=MOST_POINTS,
        help_text=_("The balance needed."),
    )
    months = forms.IntegerField(
        label=_("Months in the present position"),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=_("Where the step is from one grade: months at that grade."),
    )
    appraisal = forms.IntegerField(
        label=_("Appraisal (%)"),
        required=False,
        validators=PERCENT,
        help_text=_("The mean of what people judged in the last 12 months."),
    )
    certifications = forms.ModelMultipleChoiceField(
        Certification.objects.in_use().order_by("title"),
        label=_("Certificates"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    competencies = TeachesField(
        label=_("Competencies needed besides"),
        required=False,
        widget=NeedsWidget,
        help_text=_("Asked at this level, whatever else of the profile is met."),
    )

    half_width = ("from_position", "from_grade", "to_position", "to_grade", *ASKED)

    def __init__(self, *args: Any, step: CareerStep | None = None, **kwargs: Any) -> None:
        self.step = step
        if step:
            kwargs["initial"] = _initial(step)
        super().__init__(*args, **kwargs)

    def save(self) -> CareerStep:
        data = self.cleaned_data
        way = Way(data["from_position"], data["from_grade"].strip(), data["to_position"], data["to_grade"].strip())
        asked = Asked(
            **{name: data[name] for name in ASKED},
            certifications=list(data["certifications"]),
            competencies=data["competencies"],
        )
        return save_step(self.step, way, asked, track=data["track"], summary=data["summary"])


class ReserveForm(forms.Form):
    readiness = forms.ChoiceField(
        label=_("Readiness"), choices=Readiness.choices, initial=Readiness.YEAR, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Strengths, what is still to be learnt, what is agreed."),
    )

    def __init__(self, *args: Any, row: Reserve | None = None, **kwargs: Any) -> None:
        if row:
            kwargs["initial"] = {"readiness": row.readiness, "note": row.note}
        super().__init__(*args, **kwargs)

    def save(self, person: User, step: CareerStep, *, by: User, on: date) -> Reserve:
        return keep_in_reserve(person, step, by=by, on=on, **self.cleaned_data)


class TakeOffForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def save(self, row: Reserve, *, at: datetime) -> bool:
        return take_from_reserve(row, reason=self.cleaned_data["reason"], at=at)


class NominateForm(forms.Form):
    """With `missing` it asks for the reason why it should be in spite of what is missing."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the person has done that speaks for it; numbers and examples."),
    )
    justification = forms.CharField(
        label=_("Why in spite of what is missing"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, missing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["justification"]

    def save(self, person: User, step: CareerStep, *, by: User, at: datetime) -> Nomination:
        return nominate(person, step, by=by, at=at, **self.cleaned_data)


class ApproveForm(forms.Form):
    effective_on = forms.DateField(
        label=_("Effective on"), widget=DayInput, help_text=_("From this day on the person has the new position.")
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def save(self, nomination: Nomination, *, by: User, at: datetime) -> Nomination:
        return approve(nomination, by=by, at=at, **self.cleaned_data)


class _ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DeclineForm(_ReasonForm):
    def save(self, nomination: Nomination, *, by: User, at: datetime) -> Nomination:
        return decline(nomination, by=by, at=at, **self.cleaned_data)


class CallOffForm(_ReasonForm):
    def save(self, nomination: Nomination, *, by: User, at: datetime) -> Nomination:
        return call_off(nomination, by=by, at=at, **self.cleaned_data)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def save(self, nomination: Nomination, *, by: User, at: datetime) -> Nomination:
        return withdraw(nomination, by=by, at=at, **self.cleaned_data)


def _initial(step: CareerStep) -> dict[str, Any]:
    names = ("from_position", "from_grade", "to_position", "to_grade", "track", "summary", *ASKED, "certifications")
    rows = step.competencies.order_by("pk").values_list("competency", "level")
    return {
        **{name: getattr(step, name) for name in names if name != "certifications"},
        "certifications": [each.pk for each in step.certifications.all()],
        "competencies": [f"{competency}:{level}" for competency, level in rows],
    }
