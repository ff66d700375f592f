"""Steps that are to be brought into the right order."""

from collections.abc import Mapping
from decimal import Decimal
from math import factorial
from random import Random
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm, RowForm, RowsField
from assessments.questions.types import options as rows
from assessments.questions.types.base import (
    FULL,
    NONE,
    TYPES,
    Content,
    Json,
    Key,
    QuestionType,
    misfit,
    part_of_one,
    texts_of,
    with_row_texts,
)
from assessments.questions.types.parts import check_ids, mixed, pairs_in, tell, with_keys
from trainingsite.core.errors import Refused

PLACES, EXACT = "places", "exact"
GRADING = [
    (PLACES, gettext_lazy("points for each step in its place")),
    (EXACT, gettext_lazy("all or nothing")),
]


class StepRow(RowForm):
    text = forms.CharField(label=gettext_lazy("Step"), required=False, max_length=500)


class OrderingForm(ContentForm):
    items = RowsField(
        StepRow,
        label=gettext_lazy("steps, in the right order"),
        add=gettext_lazy("Add a step"),
        fewest=rows.FEWEST,
        most=rows.MOST,
        moves=True,
    )
    grading = forms.ChoiceField(
        label=gettext_lazy("how it is marked"), choices=GRADING, initial=PLACES, widget=forms.RadioSelect
    )

    @classmethod
    def shown(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"items": content.get("items"), "grading": content.get("grading") or PLACES}


class Ordering(QuestionType):
    """Shown in another order than the right one. The ids are made of the texts, so that they do not tell it."""

    label = gettext_lazy("Ordering")
    hint = gettext_lazy("Steps of a procedure to be brought into order.")
    icon = "list-numbers"
    folder = "ordering"
    form = OrderingForm

    def check(self, content: Mapping[str, Any]) -> Content:
        given = rows.rows_of(content, "items")
        ids = [str(row.get("id") or "") for row in given]
        tidy = [{"id": row["id"], "text": row["text"]} for row in with_keys(given, anew=tell(ids))]
        rows.check_texts([row["text"] for row in tidy], "items")
        check_ids(tidy, "items")
        grading = content.get("grading") or PLACES
        if grading not in (PLACES, EXACT):
            raise Refused(_("Say how the order is marked."), field="grading", code="grading")
        return {"items": tidy, "grading": grading}

    def order(self, content: Content, chance: Random | None) -> Json:
        return mixed(self.right(content), chance)

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        if not given:
            return None
        if not isinstance(given, list) or not all(isinstance(key, str) for key in given):
            raise misfit()
        if sorted(given) != sorted(order):
            raise misfit()
        return given

    def from_form(self, data: QueryDict, name: str) -> Json:
        """Each step has a place to choose; those without one come last, as they were shown."""
        places = {key: int(place) if place.isdecimal() else len(data) for key, place in pairs_in(data, name).items()}
        return sorted(places, key=places.__getitem__) if any(pairs_in(data, name).values()) else None

    def grade(self, content: Content, answer: Json) -> Decimal:
        right = self.right(content)
        hits = sum(one == other for one, other in zip(answer or (), right, strict=False))
        if content["grading"] == EXACT:
            return FULL if hits == len(right) else NONE
        return part_of_one(hits, len(right))

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        words = {row["id"]: row["text"] for row in content["items"]}
        shown = [{"id": key, "text": words[key]} for key in answer or order if key in words]
        return {"items": shown, "places": range(1, len(shown) + 1), "placed": bool(answer)}

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        words, right = {row["id"]: row["text"] for row in content["items"]}, self.right(content)
        given = [key for key in answer or () if key in words]
        return {
            "given": [{"text": words[key], "right": right[n : n + 1] == [key]} for n, key in enumerate(given)],
            "right": [words[key] for key in right],
            "is_right": given == right,
        }

    def texts(self, content: Content) -> dict[str, str]:
        return texts_of(content["items"], "items")

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return {**content, "items": with_row_texts(content["items"], "items", texts)}

    def keys(self, content: Content) -> list[Key]:
        """Each step at each place."""
        steps = content["items"]
        return [
            Key(row["id"], str(place), f"{row['text']} → {place}", FULL if place == right else NONE)
            for right, row in enumerate(steps, start=1)
            for place in range(1, len(steps) + 1)
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        return [(key, str(place)) for place, key in enumerate(answer or (), start=1)]

    def guess(self, content: Content) -> Decimal:
        """Of all orders one is right; on average one step stands in its place."""
        steps = len(content["items"])
        return part_of_one(1, factorial(steps) if content["grading"] == EXACT else steps)

    def summary(self, content: Content, answer: Json) -> str:
        words = {row["id"]: row["text"] for row in content["items"]}
        return " → ".join(words[key] for key in answer or () if key in words)

    def right(self, content: Content) -> Json:
        return [row["id"] for row in content["items"]]


TYPES.register("ordering", Ordering())
