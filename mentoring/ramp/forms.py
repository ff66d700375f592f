from dataclasses import asdict
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from mentoring.ramp.actions import RuleValues, save_rule, values_of
from mentoring.ramp.figures import all_kpis, chosen
from mentoring.ramp.models import RampRule
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import LIMITS
from trainingsite.core.jobs.models import Job
from trainingsite.people.models import User

HELP = {
    "run_days": _("Days without readings neither break the run nor count."),
    "low": _(
        "Counted from the worse end: 10 is where one in ten of earlier newcomers was worse. "
        "The more figures count, the lower it should be."
    ),
    "high": _("Only for the picture: better than the band is inside too."),
    "settled_from": _("From this day of theirs on, earlier newcomers show what is to be reached."),
    "horizon": _("Who is not proficient by then counts as not proficient within it."),
    "cohort_months": _("Before the present quarter."),
}
NUMBERS = ["run_days", "settled_from", "low", "high", "horizon", "cohort_months", "before_days", "goal_days"]


class RuleForm(forms.Form):
    """The rule as it is typed; limits are those of the model."""

    half_width = tuple(NUMBERS)

    metrics = forms.MultipleChoiceField(
        label=_("Figures that count"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Somebody is proficient when all of them are inside on the same days."),
        error_messages={"required": _("Choose at least one of the figures.")},
    )

    def __init__(self, *args: Any, rule: RampRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = asdict(values_of(rule)) | {"metrics": [kpi.code for kpi in chosen(rule)]}
        field = self.fields["metrics"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells mypy which
        field.choices = [(kpi.code, kpi.label) for kpi in all_kpis()]
        for name in NUMBERS:
            self.fields[name] = _number(name)

    def save(self, *, by: User) -> Job | None:
        """The job that reckons anew, where there has to be one; a refusal stands at its field."""
        try:
            return save_rule(RuleValues(**self.cleaned_data), by=by)
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


def _number(name: str) -> forms.IntegerField:
    """A field with the model's label and limits."""
    of = RampRule._meta.get_field(name)
    assert isinstance(of, Field)  # noqa: S101 - tells mypy that it is no relation
    limits = {type(each): each.limit_value for each in of.validators if hasattr(each, "limit_value")}
    return forms.IntegerField(
        label=str(of.verbose_name).capitalize(),
        min_value=limits[MinValueValidator],
        max_value=limits[MaxValueValidator],
        help_text=HELP.get(name, ""),
        error_messages=LIMITS,
    )
