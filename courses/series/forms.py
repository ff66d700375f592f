"""Forms of series and of templates."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from courses.series.actions import Plan, Preview, plan_series, preview
from courses.series.models import Series, SessionTemplate
from courses.series.rhythm import LETTERS, MOST, DaysOff, Found, Rhythm, arranged, days_of, rule_of
from courses.series.template_actions import save_template
from courses.sessions.checks import LONGEST, SHORTEST
from courses.sessions.forms import FactsForm, PeopleForm
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User

WHEN = ("starts_on", "at_time", "minutes", "rhythm", "weekdays", "until", "times", "days_off")


class SeriesForm(PeopleForm):
    """Sessions that come again, with the days of their rule; those that are left out by hand are in `leave_out`."""

    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    at_time = forms.TimeField(
        label=gettext_lazy("Begins at"), initial="09:30", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=Rhythm.choices, initial=Rhythm.WEEKLY)
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On which days of the week"),
        choices=list(zip(LETTERS, WEEKDAYS.values(), strict=True)),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: on the day of the week of the first day."),
    )
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput)
    times = forms.IntegerField(label=gettext_lazy("Or so many times"), min_value=1, max_value=MOST, required=False)
    days_off = forms.ChoiceField(
        label=gettext_lazy("Days off and peak seasons"), choices=DaysOff.choices, initial=DaysOff.SKIP
    )
    leave_out = forms.CharField(required=False)

    field_order = ("title", "kind", *WHEN, "room", "join_url", "instructors")
    half_width = (*FactsForm.half_width, *(name for name in WHEN if name != "weekdays"))
    hidden = (*FactsForm.hidden, "leave_out", "minimum_by", "sign_up_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("minimum_by", "sign_up_until"):
            del self.fields[name]

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of each session; deadlines that are moments belong to single sessions."""
        self.cleaned_data.setdefault("minimum_by", None)
        self.cleaned_data.setdefault("sign_up_until", None)
        return super().facts

    def left_out(self) -> set[date]:
        """The days that were taken out by hand."""
        data: Any = self.data
        found = set()
        for text in data.getlist("leave_out") if self.is_bound else []:
            try:
                found.add(date.fromisoformat(text))
            except ValueError:
                continue
        return found

    def found_days(self) -> tuple[str, list[Found]]:
        """The rule and all its days; refused at the field that is wrong."""
        given = self.cleaned_data
        rule = rule_of(
            given["rhythm"],
            given["starts_on"],
            weekdays=given["weekdays"],
            until=given["until"],
            times=given["times"],
        )
        return rule, arranged(days_of(rule, given["starts_on"]), given["days_off"])

    def plan(self, rule: str, found: list[Found]) -> Plan:
        """What is to be planned."""
        given, facts, out = self.cleaned_data, self.facts, self.left_out()
        return Plan(
            title=facts.pop("title"),
            rrule=rule,
            starts_on=given["starts_on"],
            at_time=given["at_time"],
            minutes=given["minutes"],
            days=[one.day for one in found if one.day and one.day not in out],
            instructors=list(facts.pop("instructors")),
            taught=facts.pop("taught"),
            people_ids=frozenset(self.people_ids()),
            about=facts,  # type: ignore[arg-type]  # what is left is About
        )

    def look(self) -> list[Preview]:
        """All days with what stands against each; empty when the rule itself is wrong."""
        try:
            rule, found = self.found_days()
            return preview(self.plan(rule, found), found, at=clock.now())
        except Refused as refusal:
            self.refuse(refusal)
            return []

    def save(self, *, by: User) -> Series | None:
        """The planned series, or None when a rule said no."""
        given = self.cleaned_data
        try:
            plan = self.plan(*self.found_days())
            return plan_series(plan, by=by, at=clock.now(), anyway=given["anyway"], token=given["token"])
        except Refused as refusal:
            self.refuse(refusal)
            return None


class TemplateForm(FactsForm):
    """What a session consists of, without a time."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Length (minutes)"), min_value=SHORTEST, max_value=LONGEST, initial=60
    )

    field_order = ("title", "kind", "minutes", "room", "join_url", "instructors")
    more_fields = ("course", "topic", "agenda", "capacity", "minimum", "feedback")

    def __init__(self, *args: Any, template: SessionTemplate | None = None, **kwargs: Any) -> None:
        self.template = template
        if template:
            kwargs["initial"] = {name: getattr(template, name) for name in (*self.more_fields, *self.field_order[:5])}
            kwargs["initial"] |= {"instructors": list(template.instructors.all()), "entry": template.entry}
        super().__init__(*args, **kwargs)
        for name in ("audience", "sign_up_until", "minimum_by", "anyway"):
            del self.fields[name]

    def save(self, *, by: User) -> SessionTemplate | None:
        """The saved template, or None when a rule said no."""
        given = dict(self.cleaned_data)
        try:
            return save_template(self.template, instructors=given.pop("instructors"), by=by, **given)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


class KeepForm(forms.Form):
    """A session is kept as a template under a title."""

    title = forms.CharField(label=gettext_lazy("Title of the template"), max_length=100)
