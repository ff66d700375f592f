"""What a list of courses can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import Course, CourseStatus, Level
from courses.topics.fields import TopicFilter
from courses.topics.models import Topic


class CatalogueFilter(django_filters.FilterSet):
    """For learners: what is offered, by topic and level."""

    q = django_filters.CharFilter(
        label=_("Search"), method="search", widget=forms.TextInput(attrs={"type": "search", "maxlength": 100})
    )
    topic = TopicFilter(label=_("Topic"), empty_label=_("All"))
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices, empty_label=_("All"))

    class Meta:
        model = Course
        fields = ["q", "topic", "level"]

    def search(self, queryset: QuerySet[Course], _name: str, value: str) -> QuerySet[Course]:
        """By title in any language, code or summary."""
        return queryset.filter(
            Q(title__icontains=value)
            | Q(code__icontains=value)
            | Q(summary__icontains=value)
            | Q(translations__icontains=value)
        )


class CourseFilter(CatalogueFilter):
    """For those who make courses: by status, too."""

    topic = TopicFilter(label=_("Topic"), queryset=Topic.objects.all(), empty_label=_("All"))
    status = django_filters.ChoiceFilter(label=_("Status"), choices=CourseStatus.choices, empty_label=_("All"))

    class Meta(CatalogueFilter.Meta):
        fields = ["q", "topic", "level", "status"]


def filter_for(manages: bool, data: Any, queryset: QuerySet[Course]) -> CatalogueFilter:
    """The filter that fits the person's view of courses."""
    return (CourseFilter if manages else CatalogueFilter)(data, queryset=queryset)
