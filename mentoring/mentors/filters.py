from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Competency
from mentoring.availability.models import Shift, Speech
from mentoring.mentors.models import MentorProfile, MentorProfileQuerySet
from mentoring.mentors.states import MentorState, in_state
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User


class MentorFilter(django_filters.FilterSet):
    """What the list of mentors can be narrowed by; those who take no mentees are shown only when asked for."""

    q = django_filters.CharFilter(
        label=_("Search"), method="named", widget=forms.SearchInput(attrs={"placeholder": _("Name or number")})
    )
    competency = django_filters.ModelChoiceFilter(
        label=_("Guides in"), queryset=Competency.objects.in_use(), method="guiding", empty_label=_("All competencies")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="standing",
        empty_label=_("Takes mentees"),
        choices=[*MentorState.choices, ("all", pgettext_lazy("mentor", "All, also who takes none"))],
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), method="speaking", empty_label=_("All languages"), choices=Speech.choices
    )
    shift = django_filters.ChoiceFilter(
        label=_("Shift"), method="working", empty_label=_("All shifts"), choices=Shift.choices
    )
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))
    more_fields = ("language", "shift", "department")

    class Meta:
        model = MentorProfile
        fields: list[str] = []

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.active(self.on)

    def named(self, rows: MentorProfileQuerySet, _name: str, text: str) -> MentorProfileQuerySet:
        return rows.filter(person__in=User.objects.called(text))

    def guiding(self, rows: MentorProfileQuerySet, _name: str, competency: Competency) -> MentorProfileQuerySet:
        return rows.filter(guides_in__competency=competency)

    def standing(self, rows: MentorProfileQuerySet, _name: str, state: str) -> MentorProfileQuerySet:
        return rows if state == "all" else in_state(rows, state, self.on)

    def speaking(self, rows: MentorProfileQuerySet, _name: str, language: str) -> MentorProfileQuerySet:
        return rows.filter(person__availability__languages__contains=[language])

    def working(self, rows: MentorProfileQuerySet, _name: str, shift: str) -> MentorProfileQuerySet:
        return rows.filter(person__availability__shifts__contains=[shift])

    def within(self, rows: MentorProfileQuerySet, _name: str, department: Department) -> MentorProfileQuerySet:
        return rows.filter(person__department__path__startswith=department.path)
