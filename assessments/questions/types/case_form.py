"""The author's part of a case: its questions one below the other, each with the fields of its kind."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm, RowForm, RowsField, RowsWidget
from assessments.questions.joined import JoinedForm
from assessments.questions.types.base import TYPES, QuestionType
from courses.media.markdown import check

PARTS = (*("single", "multiple", "true_false", "best_reply", "matching", "ordering", "gaps", "short", "numerical"),)
MOST, MOST_POINTS = 20, 100


class PartForm(JoinedForm, RowForm):
    """One question of a case; its kind was chosen when it was added."""

    kind = forms.CharField(widget=forms.HiddenInput)
    stem = forms.CharField(
        label=gettext_lazy("question"), max_length=4000, validators=[check], widget=forms.Textarea(attrs={"rows": 2})
    )
    points = forms.IntegerField(
        label=gettext_lazy("points"), required=False, min_value=1, max_value=MOST_POINTS, initial=1
    )
    explanation = forms.CharField(
        label=gettext_lazy("explanation"),
        required=False,
        max_length=4000,
        validators=[check],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, prefix: str = "", **kwargs: Any) -> None:
        initial = kwargs.get("initial") or {}
        super().__init__(data, prefix=prefix, **kwargs)
        kind = str((data or {}).get(f"{prefix}-kind") or initial.get("kind") or "")
        self.join(kind if kind in PARTS and kind in TYPES else PARTS[0], initial.get("content"))
        self.initial.setdefault("kind", kind)

    @property
    def asked_fields(self) -> list[BoundField]:
        return [self["stem"], *self.content_fields, self["explanation"], self["points"]]

    def row(self) -> dict[str, Any]:
        names = ("id", "kind", "stem", "points", "explanation")
        return {**{name: self.cleaned_data.get(name) for name in names}, "content": self.content()}


class PartsWidget(RowsWidget):
    """Cards instead of rows; what is added needs to know its kind."""

    template_name = "assessments/questions/types/case/parts.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {**context, "kinds": kinds()}


def kinds() -> list[tuple[str, QuestionType]]:
    """What can be part of a case."""
    return [(kind, TYPES[kind]) for kind in PARTS if kind in TYPES]


class CaseForm(ContentForm):
    parts = RowsField(
        PartForm,
        label=gettext_lazy("questions of the case"),
        fewest=0,
        spare=0,
        most=MOST,
        moves=True,
        widget=PartsWidget,
        help_text=gettext_lazy("What happened stands above, in the question; here is what is asked about it."),
    )
