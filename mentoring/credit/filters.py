from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.credit.reckoning import Period, spans
from trainingsite.core.forms import DayInput
from trainingsite.people.departments.fields import DepartmentFilter
from trainingsite.people.models import Department, User

SEARCH = forms.SearchInput(attrs={"placeholder": _("Name or number")})


class PeriodForm(forms.Form):
    """The days of a period, in order."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes after the first one."))
        return found


class CreditFilter(django_filters.FilterSet):
    """Whom the list shows; the period is applied where the credit is reckoned."""

    q = django_filters.CharFilter(label=_("Search"), method="named", widget=SEARCH)
    first = django_filters.DateFilter(label=pgettext_lazy("credit", "From"), method="kept", widget=DayInput)
    last = django_filters.DateFilter(label=pgettext_lazy("credit", "Until"), method="kept", widget=DayInput)
    department = DepartmentFilter(label=_("Department"), method="within", empty_label=_("All departments"))
    more_fields = ("department",)

    class Meta:
        model = User
        fields: list[str] = []
        form = PeriodForm

    def named(self, queryset: Any, _name: str, text: str) -> Any:
        return queryset.called(text)

    def within(self, queryset: Any, _name: str, department: Department) -> Any:
        return queryset.in_department(department)

    def kept(self, queryset: Any, _name: str, _value: date) -> Any:
        return queryset

    def period(self, *, on: date) -> Period:
        """What is asked for; without a day, from the beginning of the month, until today."""
        usual = spans(on)["month"]
        if not self.form.is_valid():
            return usual
        last = self.form.cleaned_data.get("last") or usual.last
        first = self.form.cleaned_data.get("first") or min(usual.first, last.replace(day=1))
        return Period(min(first, last), last)
