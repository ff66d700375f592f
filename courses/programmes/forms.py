from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import Course, CourseStatus
from courses.programmes.actions import save_programme
from courses.programmes.due import Due
from courses.programmes.models import DueRule, Programme
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput


class OrderedCourses(forms.ModelMultipleChoiceField[Course]):
    """Courses in the order in which they were sent."""

    def clean(self, value: Any) -> Any:
        found: dict[str, Course] = {str(course.pk): course for course in super().clean(value)}
        return [found[str(pk)] for pk in dict.fromkeys(map(str, value or []))]


class ProgrammeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=100)
    summary = forms.CharField(label=_("In one sentence"), max_length=300, required=False)
    courses = OrderedCourses(
        Course.objects.none(),
        label=_("Courses"),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": _("Choose at least one course.")},
    )

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        self.programme = programme
        kept = list(programme.items.values_list("course_id", flat=True)) if programme else []
        if programme:
            kwargs["initial"] = {"title": programme.title, "summary": programme.summary, "courses": kept}
        super().__init__(*args, **kwargs)
        offered = Course.objects.filter(Q(status=CourseStatus.PUBLISHED) | Q(pk__in=kept))
        self.offered = list(offered.select_related("topic").order_by("topic__position", "title"))
        courses: OrderedCourses = self.fields["courses"]  # type: ignore[assignment]  # it is one
        courses.queryset = offered

    def chosen(self) -> list[Course]:
        """The courses in the order that was sent, or that of the programme."""
        by_key = {str(course.pk): course for course in self.offered}
        return [by_key[str(pk)] for pk in self["courses"].value() or [] if str(pk) in by_key]

    def save(self) -> Programme | None:
        """The saved programme, or None when the rule said no; the refusal then stands at its field."""
        try:
            return save_programme(self.programme, **self.cleaned_data)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


class DueForm(forms.Form):
    """By when: a typed day, or a rule."""

    rule = forms.ChoiceField(label=_("Due"), choices=DueRule.choices, initial=DueRule.FIXED, widget=forms.RadioSelect)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput())
    due_days = forms.IntegerField(label=_("Days"), required=False, widget=forms.NumberInput(attrs={"min": 1}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "rule" in cleaned and not self.errors:
            try:
                self.due.check(clock.today())
            except Refused as refusal:
                show_refusal(self, refusal)
        return cleaned

    @property
    def due(self) -> Due:
        rule = self.cleaned_data["rule"]
        if rule == DueRule.FIXED:
            return Due(rule, on=self.cleaned_data.get("due_on"))
        return Due(rule, days=self.cleaned_data.get("due_days"))


class DecisionForm(forms.Form):
    """What to do with the chosen exceptions: a new day, or no course at all; the reason is kept."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput())


class ProgrammeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        field_name="title", lookup_expr="icontains", label=_("Search"), widget=forms.TextInput(attrs={"type": "search"})
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[("archived", _("Archived"))], empty_label=_("In use"), method="in_state"
    )

    class Meta:
        model = Programme
        fields = ["q", "state"]

    def in_state(self, queryset: QuerySet[Programme], _name: str, _value: str) -> QuerySet[Programme]:
        return queryset.filter(archived_at__isnull=False)

    def filter_queryset(self, queryset: QuerySet[Programme]) -> QuerySet[Programme]:
        """Without a choice the archive stays closed."""
        found: QuerySet[Programme] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data["state"] else found.filter(archived_at=None)
