"""The rubric as it is typed: criteria one below the other, the levels of each one a line."""

import re
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.rubrics.actions import BandDraft, CriterionDraft, drafts_of
from courses.rubrics.models import MOST_POINTS, Rubric

MOST_CRITERIA = 12
LINE = re.compile(r"^\s*(\d{1,3})\s*[|｜]\s*([^|｜]+?)\s*(?:[|｜]\s*(.*?)\s*)?$")
USUAL = "4 | {} | \n3 | {} | \n2 | {} | \n0 | {} | "


def usual_bands() -> str:
    """What the levels of a new criterion begin with."""
    return USUAL.format(_("Excellent"), _("Good"), _("Adequate"), _("Missing"))


class RubricForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    summary = forms.CharField(
        label=gettext_lazy("What it is for"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CriterionForm(forms.Form):
    half_width = ("title", "weight")

    title = forms.CharField(label=gettext_lazy("Criterion"), max_length=100)
    weight = forms.IntegerField(label=gettext_lazy("Weight (%)"), min_value=1, max_value=100)
    description = forms.CharField(
        label=gettext_lazy("What is looked at"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    bands = forms.CharField(
        label=gettext_lazy("Levels"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line: points | level | what it looks like."),
    )

    def clean_bands(self) -> list[BandDraft]:
        """The levels; the message names the line that cannot be read."""
        lines = [line for line in self.cleaned_data["bands"].splitlines() if line.strip()]
        return [_band(number, line) for number, line in enumerate(lines, start=1)]

    def draft(self) -> CriterionDraft:
        data = self.cleaned_data
        return CriterionDraft(data["title"].strip(), data["weight"], data["description"].strip(), data["bands"])


def _band(number: int, line: str) -> BandDraft:
    found = LINE.match(line)
    if found is None or int(found[1]) > MOST_POINTS:
        words = _("Line %(n)s: write points (0 to %(most)s) | level | what it looks like.")
        raise forms.ValidationError(words % {"n": number, "most": MOST_POINTS}, code="bad_line")
    if len(found[2]) > 60 or len(found[3] or "") > 300:  # noqa: PLR2004 - what the columns hold
        words = _("Line %(n)s is too long: a level has 60 characters, its description 300.")
        raise forms.ValidationError(words % {"n": number}, code="long_line")
    return BandDraft(int(found[1]), found[2], found[3] or "")


CriterionForms = formset_factory(CriterionForm, extra=0, min_num=1, max_num=MOST_CRITERIA, validate_max=True)
Criteria = BaseFormSet[CriterionForm]


def opened(rubric: Rubric | None) -> Criteria:
    """The criteria of a rubric, or three empty ones."""
    if rubric is None:
        return CriterionForms(initial=[{"bands": usual_bands()} for _n in range(3)], prefix="c")
    return CriterionForms(initial=[_typed(draft) for draft in drafts_of(rubric)], prefix="c")


def _typed(draft: CriterionDraft) -> dict[str, Any]:
    lines = [" | ".join(filter(None, [str(b.points), b.title, b.description])) for b in draft.bands]
    return {
        "title": draft.title,
        "weight": draft.weight,
        "description": draft.description,
        "bands": "\n".join(lines),
    }


def after_step(data: QueryDict, step: str) -> Criteria:
    """What was typed, with a criterion more (`add`) or without one (`remove-2`)."""
    total = data.get("c-TOTAL_FORMS", "")
    count = min(int(total), MOST_CRITERIA) if total.isdecimal() else 0
    rows = [{name: data.get(f"c-{n}-{name}", "") for name in CriterionForm.base_fields} for n in range(count)]
    gone = step.removeprefix("remove-")
    if step == "add" and count < MOST_CRITERIA:
        rows.append({"bands": usual_bands()})
    elif gone.isdecimal() and int(gone) < len(rows) > 1:
        rows.pop(int(gone))
    return CriterionForms(initial=rows, prefix="c")
