"""Fields of a quiz's settings: what is shown when, and feedback by score."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from assessments.quizzes.models import Moment, Thing
from assessments.quizzes.settings import MOST_BANDS
from trainingsite.core.given import whole

EMPTY_BANDS = 2
MOST_READ = 9_999  # the rule says more


class ReviewWidget(forms.Widget):
    """A table of boxes: things to see by moments to see them."""

    template_name = "assessments/quizzes/review.html"
    use_fieldset = True

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = value or {}
        context["moments"] = [moment.label for moment in Moment]
        context["rows"] = [
            (
                thing.label,
                [(f"{name}-{m.value}-{thing.value}", m.label, thing.value in chosen.get(m.value, ())) for m in Moment],
            )
            for thing in Thing
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], _files: MultiValueDict[str, Any], name: str) -> Any:
        return {
            moment: [thing for thing in Thing.values if f"{name}-{moment}-{thing}" in data] for moment in Moment.values
        }

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002 - the boxes have labels of their own
        return ""


class ReviewField(forms.Field):
    widget = ReviewWidget


class BandsWidget(forms.Widget):
    """Rows of a lowest score and a text; an empty row says nothing."""

    template_name = "assessments/quizzes/bands.html"
    use_fieldset = True

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), *[{"from": "", "text": ""}] * EMPTY_BANDS][:MOST_BANDS]
        context["rows"] = [(f"{name}-{n}", row["from"], row["text"]) for n, row in enumerate(rows, start=1)]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], _files: MultiValueDict[str, Any], name: str) -> Any:
        numbers = sorted({int(found[1]) for key in data if (found := re.fullmatch(rf"{name}-(\d\d?)-from", key))})
        rows = [(data.get(f"{name}-{n}-from", ""), data.get(f"{name}-{n}-text", "")) for n in numbers]
        return [{"from": _number(lowest), "text": text.strip()} for lowest, text in rows if lowest or text.strip()]

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002 - the rows have labels of their own
        return ""


def _number(text: str) -> Any:
    """A small number as one; anything else stays for the rule to refuse."""
    number = whole(text, MOST_READ)
    return text if number is None else number


class BandsField(forms.Field):
    widget = BandsWidget
