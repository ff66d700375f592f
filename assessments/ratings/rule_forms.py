"""The form of a rule: its numbers, the weight of each source, and the bands for each number of levels."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from hashlib import sha256
from math import isfinite
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.ratings.checking_rules import check_bands
from assessments.ratings.models import RatingRule
from assessments.ratings.rules import RuleDraft, check_begins, plain, publish_rule
from assessments.ratings.sources import SOURCES
from courses.competencies.models import FEWEST_LEVELS, MOST_LEVELS
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.forms import LIMITS, DayInput
from trainingsite.people.models import User

NUMBERS = range(FEWEST_LEVELS, MOST_LEVELS + 1)
WEIGHT, BANDS = "weight_", "bands_"


class BandsField(forms.CharField):
    """The least score of each level, lowest first: "0, 45, 60"."""

    def to_python(self, value: Any) -> list[float]:  # type: ignore[override]  # a list is what it is for
        parts = str(value or "").replace("，", ",").replace("、", ",").split(",")
        words = gettext("Write the least scores as numbers, with commas between.")
        try:
            numbers = [float(part) for part in parts if part.strip()]
        except ValueError as error:
            raise ValidationError(words, code="no_number") from error
        if not all(map(isfinite, numbers)):
            raise ValidationError(words, code="no_number")
        return numbers

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(f"{each:g}" for each in value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        if not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The act judges the numbers; those of a text do not fit a list."""


class RuleForm(forms.Form):
    window_days = forms.IntegerField(label=_("Evidence of the last (days)"))
    half_life_days = forms.IntegerField(
        label=_("Half-life (days)"), help_text=_("After so many days a piece of evidence counts half as much.")
    )
    fewest = forms.IntegerField(label=_("Fewest pieces of evidence for a level"))
    person_suffices = forms.BooleanField(label=_("One piece assessed by a person is enough"), required=False)
    valid_from = forms.DateField(label=_("Valid from"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Everybody reads it in the list of rules."))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: RatingRule, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {**initial_of(rule), "valid_from": today}
        super().__init__(*args, **kwargs)
        for name, source in SOURCES.items():
            self.fields[WEIGHT + name] = forms.FloatField(
                label=str(source.label),
                min_value=0,
                max_value=10,
                error_messages=LIMITS,
                widget=forms.NumberInput(attrs={"step": "0.1"}),
            )
        for number in NUMBERS:
            self.fields[f"{BANDS}{number}"] = BandsField(label=_("%(n)s levels") % {"n": number})

    @property
    def numbers(self) -> list[BoundField]:
        return [self[name] for name in ("window_days", "half_life_days", "fewest")]

    @property
    def weights(self) -> Iterator[tuple[str, BoundField]]:
        """The icon and the field of each source."""
        return ((source.icon, self[WEIGHT + name]) for name, source in SOURCES.items())

    @property
    def bands(self) -> list[BoundField]:
        return [self[f"{BANDS}{number}"] for number in NUMBERS]

    @property
    def draft(self) -> RuleDraft:
        """What was typed, as the rule that it would be."""
        data = self.cleaned_data
        return RuleDraft(
            valid_from=data["valid_from"],
            window_days=data["window_days"],
            half_life_days=data["half_life_days"],
            fewest=data["fewest"],
            person_suffices=data["person_suffices"],
            source_weights={name: data[WEIGHT + name] for name in SOURCES},
            bands={str(number): data[f"{BANDS}{number}"] for number in NUMBERS},
        )

    @property
    def mark(self) -> str:
        """What tells whether the numbers are those whose effects were looked at."""
        said = json.dumps([plain(self.draft), self.draft.valid_from.isoformat()], sort_keys=True)
        return sha256(said.encode()).hexdigest()[:16]

    def clean(self) -> dict[str, Any]:
        """What the act would refuse, at the field that it is about."""
        data = super().clean() or self.cleaned_data
        for number in NUMBERS:
            if row := data.get(f"{BANDS}{number}"):
                self._try(f"{BANDS}{number}", partial(check_bands, number, row))
        if day := data.get("valid_from"):
            self._try("valid_from", partial(check_begins, day, clock.now()))
        return data

    def _try(self, field: str, check: Callable[[], None]) -> None:
        try:
            check()
        except Refused as refusal:
            self.add_error(field, str(refusal.message))

    def save(self, *, by: User) -> RatingRule:
        return publish_rule(self.draft, reason=self.cleaned_data["reason"], by=by, at=clock.now())


def initial_of(rule: RatingRule) -> dict[str, Any]:
    """The numbers of a rule as the form's fields."""
    names = ("window_days", "half_life_days", "fewest", "person_suffices")
    return {
        **{name: getattr(rule, name) for name in names},
        **{WEIGHT + name: rule.source_weights.get(name, 1) for name in SOURCES},
        **{f"{BANDS}{number}": rule.bands.get(number) for number in map(str, NUMBERS)},
    }
