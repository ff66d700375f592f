from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.workdays.actions import check_company_days, save_company_days
from courses.workdays.models import CompanyDay, DayKind
from courses.workdays.regions import Region
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput

ALL_REGIONS = pgettext_lazy("company day", "The whole company")
FIELDS = ("day", "region", "kind", "name")


class CompanyDayForm(forms.Form):
    """A day of the company, or a change of one."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    day = forms.DateField(label=gettext_lazy("Date"), widget=DayInput())
    last = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DayInput(),
        required=False,
        help_text=gettext_lazy("For several days in a row, up to 31; empty: one day."),
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"), choices=[("", ALL_REGIONS), *Region.choices], required=False
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("company day", "Kind"),
        choices=DayKind.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Refreshers that fall on a day off move to a working day; sessions are asked about."),
    )

    half_width = ("day", "last")

    def __init__(self, *args: Any, company_day: CompanyDay | None = None, **kwargs: Any) -> None:
        self.company_day = company_day or CompanyDay()
        given = {name: getattr(self.company_day, name) for name in FIELDS}
        kwargs["initial"] = {**given, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if self.company_day.pk:
            del self.fields["last"]

    def clean(self) -> dict[str, Any]:
        """Put what was typed into the day and let the rules speak."""
        cleaned = super().clean() or {}
        if not self.errors:
            for name in FIELDS:
                setattr(self.company_day, name, cleaned[name])
            self._ask(check_company_days)
        return cleaned

    def save(self) -> CompanyDay | None:
        """The kept day; None when somebody else took the date meanwhile."""
        self._ask(save_company_days)
        return None if self.errors else self.company_day

    def _ask(self, act: Any) -> None:
        try:
            act(self.company_day, self.cleaned_data.get("last"), on=clock.today())
        except Refused as refusal:
            show_refusal(self, refusal)


class WorkdaysFilter(django_filters.FilterSet):
    """One region, or all beside each other."""

    region = django_filters.ChoiceFilter(
        label=gettext_lazy("Region"), choices=Region.choices, method="of_region", empty_label=gettext_lazy("All")
    )

    year = django_filters.CharFilter(method="as_it_is", widget=forms.HiddenInput)

    class Meta:
        model = CompanyDay
        fields = ["region", "year"]

    def of_region(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.of_region(value)

    def as_it_is(self, queryset: Any, _name: str, _value: str) -> Any:
        """The year only stays in the address when the region changes."""
        return queryset
