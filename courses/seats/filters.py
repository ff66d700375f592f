"""What the sessions to sign up for can be narrowed by."""

from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.seats.openings import has_free_seat
from courses.series.models import SessionKind
from courses.sessions.models import Session
from courses.topics.models import Topic
from trainingsite.core import clock

WEEKS = 8
WEEK = timedelta(days=7)


def weeks(today: date) -> list[tuple[str, Any]]:
    """The present week and those after it: the Monday of each, and words for it."""
    monday = today - timedelta(days=today.weekday())
    named = {0: _("This week"), 1: _("Next week")}
    return [
        ((monday + n * WEEK).isoformat(), named.get(n) or _span(monday + n * WEEK, monday + n * WEEK + WEEK))
        for n in range(WEEKS)
    ]


def _span(monday: date, end: date) -> str:
    last = end - timedelta(days=1)
    return f"{date_format(monday, 'MONTH_DAY_FORMAT')} – {date_format(last, 'MONTH_DAY_FORMAT')}"


class OpeningFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Title"), method="called", widget=forms.TextInput(attrs={"type": "search"}))
    week = django_filters.ChoiceFilter(label=_("Week"), method="of_week", empty_label=_("All"))
    topic = django_filters.ModelChoiceFilter(label=_("Topic"), queryset=Topic.objects.all(), empty_label=_("All"))
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("session", "kind"), choices=SessionKind.choices, empty_label=_("All")
    )
    free = django_filters.BooleanFilter(
        label=_("With free seats only"), method="with_seats", widget=forms.CheckboxInput(attrs={"role": "switch"})
    )
    more_fields = ("topic", "kind", "free")

    class Meta:
        model = Session
        fields = ["q", "week", "topic", "kind", "free"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["week"].extra["choices"] = weeks(clock.today())

    def called(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        """By the title, or by the name of who gives it."""
        teacher = Q(instructors__name__icontains=value) | Q(instructors__person__name__icontains=value)
        found = Session.objects.filter(Q(title__icontains=value) | teacher)
        return queryset.filter(pk__in=found.values("pk"))

    def of_week(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        monday = datetime.fromisoformat(value)
        begin = timezone.make_aware(monday)
        return queryset.filter(starts_at__gte=begin, starts_at__lt=begin + WEEK)

    def with_seats(self, queryset: QuerySet[Session], _name: str, value: object) -> QuerySet[Session]:
        return queryset.filter(has_free_seat()) if value else queryset
