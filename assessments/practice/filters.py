"""What narrows the answers of which retention is measured."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

import django_filters as filters
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessments.practice.models import Review
from trainingsite.core import clock
from trainingsite.people.access.doors import me
from trainingsite.people.access.roles import SEES_ALL
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.departments.models import DepartmentQuerySet
from trainingsite.people.models import Department

MONTH, QUARTER, HALF, YEAR = 28, 91, 182, 364
PERIODS = [(MONTH, _("4 weeks")), (QUARTER, _("13 weeks")), (HALF, _("26 weeks")), (YEAR, _("52 weeks"))]


def departments(request: HttpRequest | None) -> DepartmentQuerySet:
    """Those whose people the reader sees: all of them, or what he or she supervises."""
    every = Department.objects.in_tree_order()
    user = me(request) if request else None
    if user is None or not user.roles.isdisjoint(SEES_ALL):
        return every
    return every.filter(reduce(or_, (Q(path__startswith=path) for path in user.supervised_paths), Q(pk__in=[])))


class RetentionFilter(filters.FilterSet):
    """Of the last quarter, unless another period is asked for."""

    department = DepartmentFilter(label=_("department"), method="below", queryset=departments)
    days = filters.ChoiceFilter(label=_("period"), choices=PERIODS, method="lately", empty_label=None)

    class Meta:
        model = Review
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = data.copy() if data is not None else {}
        given.setdefault("days", str(QUARTER))
        super().__init__(given, *args, **kwargs)

    def below(self, queryset: Any, _name: str, value: Department) -> Any:
        return queryset.filter(person__department__path__startswith=value.path)

    def lately(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(day__gt=clock.today() - timedelta(days=int(value)))

    @property
    def months(self) -> bool:
        """Whether the period is told by month: a year has too many weeks to read."""
        valid = self.form.is_valid()
        return valid and int(self.form.cleaned_data.get("days") or QUARTER) > QUARTER
