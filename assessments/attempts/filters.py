import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.attempts.models import Attempt, AttemptQuerySet
from courses.models import Course, Topic
from trainingsite.core.forms import DayInput
from trainingsite.people.models import Department, User


class ResultFilter(filters.FilterSet):
    """What narrows the results."""

    q = filters.CharFilter(
        label=_("Person"),
        method="of_person",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, pinyin or number")}),
    )
    department = filters.ModelChoiceFilter(
        label=_("department"), queryset=Department.objects.in_tree_order(), method="of_department"
    )
    topic = filters.ModelChoiceFilter(
        label=_("topic"), queryset=Topic.objects.all(), field_name="quiz__unit__course__topic"
    )
    course = filters.ModelChoiceFilter(
        label=_("course"), queryset=Course.objects.order_by("title"), field_name="quiz__unit__course"
    )
    passed = filters.ChoiceFilter(
        label=_("result"), choices=[("true", _("passed")), ("false", _("not passed"))], method="of_result"
    )
    since = filters.DateFilter(
        label=_("from"),
        field_name="submitted_at",
        lookup_expr="date__gte",
        widget=DayInput,
    )
    until = filters.DateFilter(
        label=_("until"),
        field_name="submitted_at",
        lookup_expr="date__lte",
        widget=DayInput,
    )

    class Meta:
        model = Attempt
        fields: list[str] = []

    def of_person(self, queryset: AttemptQuerySet, _name: str, value: str) -> AttemptQuerySet:
        return queryset.filter(person__in=User.objects.called(value))

    def of_department(self, queryset: AttemptQuerySet, _name: str, value: Department) -> AttemptQuerySet:
        return queryset.filter(person__department__path__startswith=value.path)

    def of_result(self, queryset: AttemptQuerySet, _name: str, value: str) -> AttemptQuerySet:
        return queryset.filter(passed=value == "true")
