"""What the grading queue can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import Course
from courses.writeups.models import State, WriteUp, WriteUpQuerySet
from trainingsite.people.models import User

STATES = [
    (State.RETURNED.value, State.RETURNED.label),
    (State.GRADED.value, State.GRADED.label),
    ("all", _("All")),
]


class WriteUpFilter(django_filters.FilterSet):
    """Without a state only what waits."""

    q = django_filters.CharFilter(
        label=_("Name, pinyin or number"), method="called", widget=forms.TextInput(attrs={"type": "search"})
    )
    course = django_filters.ModelChoiceFilter(
        label=_("Course"), queryset=Course.objects.order_by("title"), field_name="unit__course", empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="of_state", empty_label=_("Waiting to be graded")
    )

    class Meta:
        model = WriteUp
        fields: list[Any] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks = Course.objects.filter(units__kind="write_up").distinct().order_by("title")
        self.filters["course"].queryset = tasks

    def called(self, queryset: WriteUpQuerySet, _name: str, value: str) -> WriteUpQuerySet:
        return queryset.filter(enrolment__person__in=User.objects.called(value))

    def of_state(self, queryset: WriteUpQuerySet, _name: str, value: str) -> WriteUpQuerySet:
        return queryset if value == "all" else queryset.filter(state=value)

    def filter_queryset(self, queryset: WriteUpQuerySet) -> WriteUpQuerySet:
        """What waits is what graders come for."""
        found: WriteUpQuerySet = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.waiting()
