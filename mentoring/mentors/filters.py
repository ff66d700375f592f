from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Competency
from mentoring.mentors.models import MentorProfile, MentorProfileQuerySet
from trainingsite.people.models import User


class MentorFilter(django_filters.FilterSet):
    """What the list of mentors can be narrowed by; those who take no mentees are shown only when asked for."""

    q = django_filters.CharFilter(
        label=_("Search"), method="named", widget=forms.SearchInput(attrs={"placeholder": _("Name or number")})
    )
    competency = django_filters.ModelChoiceFilter(
        label=_("Guides in"),
        queryset=Competency.objects.in_use(),
        field_name="competencies",
        empty_label=_("All competencies"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        empty_label=_("Takes mentees"),
        choices=[("room", _("Has free places")), ("inactive", _("Takes no mentees"))],
    )

    class Meta:
        model = MentorProfile
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") == "inactive" else found.filter(is_active=True)

    def named(self, queryset: MentorProfileQuerySet, _name: str, text: str) -> MentorProfileQuerySet:
        return queryset.filter(person__in=User.objects.called(text))

    def in_state(self, queryset: MentorProfileQuerySet, _name: str, state: str) -> MentorProfileQuerySet:
        return queryset.with_room() if state == "room" else queryset.filter(is_active=False)
