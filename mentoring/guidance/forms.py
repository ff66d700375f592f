from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Certification
from mentoring.guidance.actions import save_rule
from mentoring.guidance.models import GuidanceRule
from trainingsite.core.forms import LIMITS

FIELDS = ("escalate_after", "evaluate_within", "at_risk_after")


class GuidanceForm(forms.ModelForm[GuidanceRule]):
    """The rules of mentoring; the limits are those of the model's fields."""

    class Meta:
        model = GuidanceRule
        fields = ("certification", *FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        certification: Any = self.fields["certification"]
        certification.queryset = Certification.objects.in_use().order_by("title", "pk")
        certification.empty_label = _("None is needed")
        for name in FIELDS:
            self.fields[name].error_messages |= LIMITS

    def store(self) -> GuidanceRule:
        return save_rule(**self.cleaned_data)
