"""Who is ready to show something, for whoever signs it off."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.checklists.models import SignOff
from courses.curriculum.models import Course
from trainingsite.people.models import User

Row = dict[str, Any]


def waiting_for(user: User) -> QuerySet[SignOff, Row]:
    """A row a person and checklist: how many items wait, and since when; the longest waiting first."""
    grouped: Any = (
        SignOff.objects.signable_by(user)
        .waiting()
        .values(
            "enrolment",
            "enrolment__person",
            "enrolment__person__name",
            "enrolment__person__department__name",
            "enrolment__course__title",
            "item__checklist__unit",
            "item__checklist__unit__title",
        )
    )
    counted = grouped.annotate(waiting=Count("pk"), since=Min("at"))
    found: QuerySet[SignOff, Row] = counted.order_by("since", "enrolment")
    return found


class WaitingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Name, pinyin or number"), method="called", widget=forms.TextInput(attrs={"type": "search"})
    )
    course = django_filters.ModelChoiceFilter(
        label=_("Course"),
        queryset=Course.objects.filter(units__kind="checklist").distinct().order_by("title"),
        field_name="enrolment__course",
        empty_label=_("All"),
    )

    class Meta:
        model = SignOff
        fields: list[Any] = []

    def called(self, queryset: QuerySet[SignOff, Row], _name: str, value: str) -> QuerySet[SignOff, Row]:
        return queryset.filter(enrolment__person__in=User.objects.called(value))
