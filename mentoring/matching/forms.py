"""What HR decides before a round is reckoned: the people, the rules, what counts, and how the pairings begin."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.job_plans.models import JobPlanTemplate
from mentoring.matching.facts import PARTS
from mentoring.matching.models import DepartmentRule, MatchingRound, PastRule
from mentoring.matching.rounds import Draft
from mentoring.mentors.models import MAX_CAPACITY
from trainingsite.core.errors import Refused
from trainingsite.core.forms import LIMITS, DayInput
from trainingsite.people.models import User

TITLES = {"mentees": gettext_lazy("Mentees"), "mentors": gettext_lazy("Mentors")}


class StartForm(forms.ModelForm[MatchingRound]):
    """How the round is called, and how the pairings begin."""

    class Meta:
        model = MatchingRound
        fields = ["title", "starts_on", "template", "goal"]
        widgets = {"starts_on": DayInput, "goal": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "template": gettext_lazy("Everybody without a plan gets this one; a plan that runs goes on."),
            "goal": gettext_lazy("What the newcomer shall be able to do, and by when."),
        }

    half_width = ("title", "starts_on")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        templates = JobPlanTemplate.objects.in_use()
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]  # a choice of models
        if not self.instance.pk:
            self.initial.setdefault("starts_on", on)
            self.initial.setdefault("title", _("Matching of %(day)s") % {"day": date_format(on, "DATE_FORMAT")})


class CriteriaForm(forms.ModelForm[MatchingRound]):
    """The rules that a pair has to meet."""

    class Meta:
        model = MatchingRound
        fields = ["departments", "past_pairings", "shared_shift", "shared_language"]
        help_texts = {
            "shared_shift": gettext_lazy("Who has not said when he or she works fits everybody."),
            "shared_language": gettext_lazy("Who has not said what he or she speaks fits everybody."),
        }

    half_width = ("departments", "past_pairings", "shared_shift", "shared_language")

    departments = forms.ChoiceField(label=gettext_lazy("departments"), choices=DepartmentRule.choices)
    past_pairings = forms.ChoiceField(label=gettext_lazy("pairs of the past"), choices=PastRule.choices)


class WeightsForm(forms.ModelForm[MatchingRound]):
    """How much each thing that speaks for a pair weighs beside the others."""

    class Meta:
        model = MatchingRound
        fields = list(PARTS)
        help_texts = {
            "gaps": gettext_lazy("How much of what the mentee lacks for the job the mentor masters or guides in."),
            "load": gettext_lazy("The more places of a mentor are free, the better."),
            "wishes": gettext_lazy("Whom both would like, and whom they would rather not have."),
            "closeness": gettext_lazy("The same team is best, then the teams next to it."),
            "merit": gettext_lazy("Time in the company, and the stars that mentees gave."),
        }
        error_messages = dict.fromkeys(PARTS, LIMITS)
        widgets = {name: forms.NumberInput(attrs={"min": 0, "max": 100, "step": 5}) for name in PARTS}

    half_width = tuple(PARTS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in PARTS):
            self.add_error("gaps", _("At least one thing has to count."))
        return cleaned

    def validate_constraints(self) -> None:
        """That something counts is said at a field by `clean`."""


class RoundForms:
    """The forms of the page together, with the people who were ticked."""

    def __init__(self, data: Any, *, on: date, matching: MatchingRound | None = None) -> None:
        self.data, self.on, self.matching = data, on, matching
        self.start = StartForm(data, on=on, instance=matching)
        self.criteria = CriteriaForm(data, instance=matching or MatchingRound())
        self.weights = WeightsForm(data, instance=matching or MatchingRound())
        self.errors: dict[str, str] = {}

    @property
    def forms(self) -> tuple[forms.BaseForm, ...]:
        return self.start, self.criteria, self.weights

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])  # noqa: C419 - each is to name its errors

    @property
    def has_errors(self) -> bool:
        return bool(self.errors) or any(form.errors for form in self.forms)

    @property
    def mentee_ids(self) -> set[int]:
        return _ids(self.data.getlist("mentees")) if self.data is not None else set()

    def mentees(self, allowed: Any) -> list[User]:
        """Those who were ticked and can be named."""
        return list(allowed.filter(pk__in=self.mentee_ids).by_name())

    @property
    def places(self) -> dict[int, str]:
        """What was written beside each mentor."""
        if self.data is None:
            return {}
        named = {key.removeprefix("places-"): value for key, value in self.data.items() if key.startswith("places-")}
        return {int(key): value for key, value in named.items() if _ids([key])}

    def pool(self, offered: Collection[int]) -> dict[int, int]:
        """The places written beside each mentor on offer; 0 leaves one out, a wrong number is named."""
        found = {}
        for pk in offered:
            written = self.places.get(pk, "0").strip() or "0"
            if not (written.isascii() and written.isdigit() and int(written) <= MAX_CAPACITY):
                text = _("A mentor has 1 to %(n)s places.") % {"n": MAX_CAPACITY}
                raise Refused(text, field="mentors", code="places")
            if places := int(written):
                found[pk] = places
        return found

    def draft(self, offered: Collection[int]) -> Draft:
        start = self.start.cleaned_data
        criteria = {**self.criteria.cleaned_data, **self.weights.cleaned_data}
        return Draft(pool=self.pool(offered), criteria=criteria, **start)

    def show(self, refusal: Refused) -> None:
        """Put a refusal at its field, or at the list of people."""
        for form in self.forms:
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal.message))
                return
        self.errors[refusal.field if refusal.field in TITLES else "mentees"] = str(refusal.message)


def _ids(written: Collection[str]) -> set[int]:
    return {int(text) for text in written if text.isascii() and text.isdigit() and len(text) < 10}  # noqa: PLR2004
