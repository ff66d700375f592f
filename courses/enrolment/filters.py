"""What a list of enrolments can be narrowed by."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.curriculum.models import Course
from courses.enrolment.models import Enrolment
from courses.programmes.models import Assignment
from courses.refreshers.models import Occurrence
from trainingsite.core import clock
from trainingsite.core.forms import DayInput
from trainingsite.people.models import Department, User

STATES = [
    ("open", pgettext_lazy("enrolment", "Open")),
    ("overdue", _("Overdue")),
    ("completed", pgettext_lazy("enrolment", "Completed")),
    ("withdrawn", _("Withdrawn")),
]


def in_state(queryset: QuerySet[Enrolment], state: str) -> QuerySet[Enrolment]:
    """Enrolments in one of the STATES; what is overdue is open, too."""
    if state == "completed":
        return queryset.filter(completed_at__isnull=False)
    if state == "withdrawn":
        return queryset.filter(withdrawn_at__isnull=False)
    still = queryset.filter(completed_at=None, withdrawn_at=None)
    return still.filter(due_on__lt=clock.today()) if state == "overdue" else still


class EnrolmentFilter(django_filters.FilterSet):
    """Without a state only what is open; `assignment` and `occurrence` come by links from the page of the plan."""

    q = django_filters.CharFilter(
        label=_("Name, pinyin or number"), method="called", widget=forms.TextInput(attrs={"type": "search"})
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"), queryset=Department.objects.in_tree_order(), method="below", empty_label=_("All")
    )
    course = django_filters.ModelChoiceFilter(
        label=_("Course"), queryset=Course.objects.order_by("title"), empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[*STATES[1:], ("all", _("All"))], method="of_state", empty_label=STATES[0][1]
    )
    due_min = django_filters.DateFilter(label=_("Due from"), field_name="due_on", lookup_expr="gte", widget=DayInput())
    due_max = django_filters.DateFilter(label=_("Due to"), field_name="due_on", lookup_expr="lte", widget=DayInput())
    assignment = django_filters.ModelChoiceFilter(
        label=_("Assignment"), queryset=Assignment.objects.select_related("programme"), widget=forms.HiddenInput
    )
    occurrence = django_filters.ModelChoiceFilter(
        label=_("Run"), queryset=Occurrence.objects.select_related("refresher"), widget=forms.HiddenInput
    )

    class Meta:
        model = Enrolment
        fields = ["q", "department", "course", "state", "due_min", "due_max", "assignment", "occurrence"]

    def called(self, queryset: QuerySet[Enrolment], _name: str, value: str) -> QuerySet[Enrolment]:
        return queryset.filter(person__in=User.objects.called(value))

    def below(self, queryset: QuerySet[Enrolment], _name: str, value: Department) -> QuerySet[Enrolment]:
        return queryset.filter(person__department__path__startswith=value.path)

    def of_state(self, queryset: QuerySet[Enrolment], _name: str, value: str) -> QuerySet[Enrolment]:
        return queryset if value == "all" else in_state(queryset, value)

    def filter_queryset(self, queryset: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        """Who learns at present is what people look for, and what an index holds."""
        found: QuerySet[Enrolment] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else in_state(found, "open")
