"""What a list of sessions can be narrowed by."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.instructors.models import Instructor
from courses.rooms.models import Room
from courses.series.models import Series, SessionKind
from courses.sessions.models import Session, SessionPlace, Teaching
from courses.topics.models import Topic
from trainingsite.core import clock
from trainingsite.core.forms import DayInput
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department

STATES = [
    ("too_few", _("Too few people")),
    ("past", pgettext_lazy("session", "Past")),
    ("cancelled", pgettext_lazy("session", "Cancelled")),
    ("all", _("All")),
]


class SessionFilter(django_filters.FilterSet):
    """Without a state what is to come; days given show the sessions of these days, whatever their state."""

    q = django_filters.CharFilter(
        label=_("Title"),
        field_name="title",
        lookup_expr="icontains",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    department = DepartmentFilter(label=_("Department"), method="below", empty_label=_("All"))
    topic = django_filters.ModelChoiceFilter(label=_("Topic"), queryset=Topic.objects.all(), empty_label=_("All"))
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("session", "Kind"), choices=SessionKind.choices, empty_label=_("All")
    )
    room = django_filters.ModelChoiceFilter(
        label=_("Room"), queryset=Room.objects.order_by("building", "name", "pk"), empty_label=_("All")
    )
    instructor = django_filters.ModelChoiceFilter(
        label=_("Instructor"), queryset=Instructor.objects.by_name(), method="given_by", empty_label=_("All")
    )
    series = django_filters.ModelChoiceFilter(
        label=_("Series"), queryset=Series.objects.order_by("title", "pk"), empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="of_state", empty_label=pgettext_lazy("session", "Coming")
    )
    first = django_filters.DateFilter(
        label=pgettext_lazy("day", "From"), field_name="starts_at", lookup_expr="date__gte", widget=DayInput()
    )
    last = django_filters.DateFilter(
        label=pgettext_lazy("day", "To"), field_name="starts_at", lookup_expr="date__lte", widget=DayInput()
    )

    class Meta:
        model = Session
        fields = ["q", "department", "topic", "kind", "room", "instructor", "series", "state", "first", "last"]

    more_fields = ("kind", "room", "instructor", "series")

    def below(self, queryset: QuerySet[Session], _name: str, value: Department) -> QuerySet[Session]:
        """Sessions in which somebody of the department or below has a place."""
        places = SessionPlace.objects.filter(
            session=OuterRef("pk"), seat__isnull=False, person__department__path__startswith=value.path
        )
        return queryset.filter(Exists(places))

    def given_by(self, queryset: QuerySet[Session], _name: str, value: Instructor) -> QuerySet[Session]:
        teachings = Teaching.objects.filter(session=OuterRef("pk"), instructor=value)
        return queryset.filter(Exists(teachings))

    def of_state(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        if value == "too_few":
            return queryset.filter(cancelled_at=None, too_few_at__isnull=False, starts_at__gt=clock.now())
        if value == "past":
            return queryset.filter(cancelled_at=None, ends_at__lte=clock.now())
        return queryset.exclude(cancelled_at=None) if value == "cancelled" else queryset

    def filter_queryset(self, queryset: QuerySet[Session]) -> QuerySet[Session]:
        """What is to come is what people look for."""
        found: QuerySet[Session] = super().filter_queryset(queryset)
        given = self.form.cleaned_data
        if given.get("state") or given.get("first") or given.get("last"):
            return found
        return found.filter(cancelled_at=None, ends_at__gt=clock.now())
