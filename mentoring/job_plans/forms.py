from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from assessments.models import Certification
from courses.competencies.fields import CompetencyField
from mentoring.job_plans.models import MOST_WEEKS, JobPlanTemplate, JobTask, Phase, Side, TaskWords
from mentoring.job_plans.templates import MOST_CHECKINS, WORDS, TemplateText, copy_template, save_template
from mentoring.job_plans.withdrawing import withdraw
from mentoring.job_plans.words import LONGEST_HINT, LONGEST_TEXT, MOST_MINUTES, TaskText
from trainingsite.core import clock
from trainingsite.core.forms import LIMITS
from trainingsite.people.models import Position, User

STARS = [(number, f"★×{number}") for number in range(5, 0, -1)]


class TemplateForm(forms.Form):
    """For whom a template is, how long, and what must be met before somebody graduates."""

    title = forms.CharField(label=_("Title"), max_length=100)
    about = forms.CharField(
        label=pgettext_lazy("job plan", "What it is for"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    weeks = forms.IntegerField(
        label=pgettext_lazy("job plan", "Weeks"), min_value=1, max_value=MOST_WEEKS, initial=4, error_messages=LIMITS
    )
    positions = forms.ModelMultipleChoiceField(
        Position.objects.none(),
        label=_("For these positions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For everybody if none is chosen."),
    )
    least_checkins = forms.IntegerField(
        label=_("Graduates after so many check-ins"),
        min_value=0,
        max_value=MOST_CHECKINS,
        initial=4,
        error_messages=LIMITS,
    )
    least_stars = forms.TypedChoiceField(
        label=_("and with so many stars of the mentor at the end"), choices=STARS, coerce=int, initial=3
    )
    needs_evaluations = forms.BooleanField(
        label=_("Both have evaluated at half-time and at the end"), required=False, initial=True
    )
    certification = forms.ModelChoiceField(
        Certification.objects.none(),
        label=_("Certificate to be held"),
        required=False,
        empty_label=pgettext_lazy("certificate", "None"),
    )

    half_width = ("least_checkins", "least_stars")

    def __init__(self, *args: Any, template: JobPlanTemplate | None = None, **kwargs: Any) -> None:
        self.template = template
        if template:
            kwargs["initial"] = {name: getattr(template, name) for name in self.base_fields if name != "positions"}
            kwargs["initial"]["positions"] = list(template.positions.values_list("pk", flat=True))
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["positions"].queryset = Position.objects.order_by("name", "pk")
        fields["certification"].queryset = Certification.objects.in_use().order_by("title", "pk")

    def save(self) -> JobPlanTemplate:
        return save_template(self.template, TemplateText(**self.cleaned_data))


class CopyForm(forms.Form):
    title = forms.CharField(label=_("Title of the copy"), max_length=100)

    def save(self, template: JobPlanTemplate) -> JobPlanTemplate:
        return copy_template(template, title=self.cleaned_data["title"])


class WithdrawForm(forms.Form):
    """Whose signature is taken back, of those that there are, and why."""

    side = forms.ChoiceField(label=pgettext_lazy("job plan", "Signature of"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Both read it."), widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, task: JobTask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        signed = {Side.MENTOR: task.mentor_signed_at and task.mentor}
        signed[Side.MENTEE] = task.mentee_signed_at and task.plan.mentee
        choices = [(side.value, f"{side.label} · {person}") for side, person in signed.items() if person]
        field: Any = self.fields["side"]
        field.choices, field.initial = choices, choices[0][0] if choices else None

    def save(self, *, by: User) -> JobTask:
        return withdraw(self.task, by=by, at=clock.now(), **self.cleaned_data)


class TaskForm(forms.Form):
    """A task of a template or of a running plan."""

    text = forms.CharField(label=_("Task"), max_length=LONGEST_TEXT)
    phase = forms.ChoiceField(label=pgettext_lazy("job plan", "Phase"), choices=Phase.choices)
    week = forms.TypedChoiceField(label=pgettext_lazy("job plan", "Week"), coerce=int)
    competency = CompetencyField(
        label=_("Competency"), required=False, empty_label=pgettext_lazy("job plan", "Not for a rating")
    )
    minutes = forms.IntegerField(
        label=_("Minutes of the mentor"), min_value=0, max_value=MOST_MINUTES, initial=30, error_messages=LIMITS
    )
    hint = forms.CharField(label=pgettext_lazy("job plan", "Hint"), max_length=LONGEST_HINT, required=False)
    is_required = forms.BooleanField(
        label=pgettext_lazy("job plan", "Needed to graduate"), required=False, initial=True
    )

    half_width = ("phase", "week", "competency", "minutes")

    def __init__(self, *args: Any, weeks: int, task: TaskWords | None = None, week: int = 1, **kwargs: Any) -> None:
        asked = {name: getattr(task, name) for name in WORDS} if task else {"week": week}
        kwargs.setdefault("initial", asked)
        super().__init__(*args, **kwargs)
        self.fields["week"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (number, pgettext("job plan", "Week %(n)s") % {"n": number}) for number in range(1, weeks + 1)
        ]

    @property
    def words(self) -> TaskText:
        return TaskText(**self.cleaned_data)
