from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from analytics.metrics.models import Metric
from assessments.models import Attempt
from courses.models import Enrolment, Topic


def kept() -> filters.CharFilter:
    """An input that the view has read and that only stays in the address."""
    return filters.CharFilter(method="keep", widget=forms.HiddenInput)


def topics() -> list[tuple[int, str]]:
    return [(topic.pk, str(topic)) for topic in Topic.objects.all()]


def metrics() -> list[tuple[str, str]]:
    return [(metric.code, str(metric)) for metric in Metric.objects.measured()]


class RowFilter(filters.FilterSet):
    department = kept()
    person = kept()
    period = kept()
    until = kept()

    def keep(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset


class EnrolmentFilter(RowFilter):
    state = filters.ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        choices=[("completed", _("Completed")), ("overdue", _("Overdue"))],
        method="in_state",
    )
    topic = filters.ChoiceFilter(label=_("Topic"), empty_label=_("All"), field_name="course__topic", choices=topics)

    def in_state(self, queryset: QuerySet[Enrolment], _name: str, value: str) -> QuerySet[Enrolment]:
        return queryset.filter(completed_at__isnull=value == "overdue")


class TestFilter(RowFilter):
    __test__ = False  # a filter of quizzes, not a test of ours

    state = filters.ChoiceFilter(
        label=_("Result"),
        empty_label=_("All"),
        choices=[("passed", _("Passed")), ("failed", _("Not passed"))],
        method="in_state",
    )
    topic = filters.ChoiceFilter(
        label=_("Topic"), empty_label=_("All"), field_name="quiz__unit__course__topic", choices=topics
    )

    def in_state(self, queryset: QuerySet[Attempt], _name: str, value: str) -> QuerySet[Attempt]:
        won: dict[str, Any] = {"won__isnull": value == "failed"}  # annotated by `finished_tests`
        return queryset.filter(**won)


class ReadingFilter(RowFilter):
    metric = filters.ChoiceFilter(label=_("Metric"), empty_label=_("All"), field_name="metric__code", choices=metrics)
