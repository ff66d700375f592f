from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from analytics.metrics.models import Metric, Unit
from analytics.targets.actions import set_target
from analytics.targets.models import Target
from trainingsite.people.departments.fields import DepartmentField

WHOLE = Decimal(100)


class TargetForm(forms.Form):
    half_width = ("metric", "department", "value", "starts_on")

    metric = forms.ModelChoiceField(Metric.objects.all(), label=_("Metric"))
    department = DepartmentField(
        label=_("Department"),
        required=False,
        empty_label=_("Whole company"),
        help_text=_("Holds for the departments below too, unless they have a target of their own."),
    )
    value = forms.DecimalField(
        label=_("Target"), max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    starts_on = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        metric, value = cleaned.get("metric"), cleaned.get("value")
        if metric and metric.unit == Unit.PERCENT and value is not None and value > WHOLE:
            self.add_error("value", _("A percentage is at most 100."))
        return cleaned

    def save(self) -> Target:
        given = self.cleaned_data
        return set_target(given["metric"], given["department"], starts_on=given["starts_on"], value=given["value"])
