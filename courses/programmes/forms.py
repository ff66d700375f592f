"""The forms of programmes: what they are called, on which terms they are given, what HR decides."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.programmes.assigning import Terms
from courses.programmes.due import Due, Start
from courses.programmes.models import DueRule, Programme, ProgrammeStatus, Starts
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput


class TitleForm(forms.Form):
    """What a programme is called."""

    title = forms.CharField(label=_("Title"), max_length=100)
    summary = forms.CharField(label=_("In one sentence"), max_length=300, required=False)


class TermsForm(forms.Form):
    """From when and by when: typed days, or rules; and whether people who join later get it too."""

    starts = forms.ChoiceField(
        label=_("Day 1 is"),
        choices=Starts.choices,
        initial=Starts.ON_JOINING,
        required=False,
        widget=forms.RadioSelect,
    )
    starts_on = forms.DateField(label=_("Starts on"), required=False, widget=DayInput())
    rule = forms.ChoiceField(label=_("Due"), choices=DueRule.choices, initial=DueRule.STAGES, widget=forms.RadioSelect)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput())
    due_days = forms.IntegerField(label=_("Days"), required=False, widget=forms.NumberInput(attrs={"min": 1}))
    standing = forms.BooleanField(
        label=_("Follow the audience"),
        help_text=_("Whoever joins it later gets the programme too; from who leaves it, what is open is taken back."),
        required=False,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "rule" in cleaned and not self.errors:
            try:
                self.terms.check(clock.today())
            except Refused as refusal:
                show_refusal(self, refusal)
        return cleaned

    @property
    def terms(self) -> Terms:
        given = self.cleaned_data
        rule, starts = given["rule"], given.get("starts") or Starts.ON_JOINING
        due = Due(rule, on=given.get("due_on")) if rule == DueRule.FIXED else Due(rule, days=given.get("due_days"))
        if rule == DueRule.STAGES:
            due = Due(rule)
        start = Start(starts, given.get("starts_on") if starts == Starts.FIXED else None)
        return Terms(due, start, bool(given.get("standing")))


class DecisionForm(forms.Form):
    """What to do with the chosen exceptions: a new day, no course at all, or the rule all the same; with the reason."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput())


class ProgrammeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search"), method="named", widget=forms.TextInput(attrs={"type": "search"}))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[*ProgrammeStatus.choices, ("template", _("Templates"))],
        empty_label=_("In use"),
        method="in_state",
    )

    class Meta:
        model = Programme
        fields = ["q", "state"]

    def named(self, queryset: QuerySet[Programme], _name: str, value: str) -> QuerySet[Programme]:
        return queryset.filter(Q(title__icontains=value) | Q(code__icontains=value) | Q(summary__icontains=value))

    def in_state(self, queryset: QuerySet[Programme], _name: str, value: str) -> QuerySet[Programme]:
        if value == "template":
            return queryset.filter(template=True).exclude(status=ProgrammeStatus.ARCHIVED)
        return queryset.filter(status=value)

    def filter_queryset(self, queryset: QuerySet[Programme]) -> QuerySet[Programme]:
        """Without a choice the archive stays closed, and templates are elsewhere."""
        found: QuerySet[Programme] = super().filter_queryset(queryset)
        if self.form.cleaned_data["state"]:
            return found
        return found.exclude(status=ProgrammeStatus.ARCHIVED).filter(template=False)
