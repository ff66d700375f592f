"""A message of a customer, and replies of which some are better than others."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm, RowForm, RowsField
from assessments.questions.types import options as rows
from assessments.questions.types.base import (
    NONE,
    TYPES,
    Content,
    Json,
    Key,
    QuestionType,
    part_of_one,
    texts_of,
    with_row_texts,
)
from assessments.questions.types.parts import HUNDRED, check_ids, credit_of, with_keys
from trainingsite.core.errors import Refused


class ReplyRow(RowForm):
    text = forms.CharField(
        label=gettext_lazy("Reply"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    credit = forms.IntegerField(
        label=gettext_lazy("Points (%)"), required=False, min_value=0, max_value=HUNDRED, initial=0
    )
    feedback = forms.CharField(label=gettext_lazy("What to say to who chose it"), required=False, max_length=500)


class BestReplyForm(ContentForm):
    options = RowsField(
        ReplyRow,
        label=gettext_lazy("replies"),
        add=gettext_lazy("Add a reply"),
        fewest=rows.FEWEST,
        most=rows.MOST,
        help_text=gettext_lazy("The best reply earns 100 %, what is only half good earns less, what harms earns 0."),
    )


class BestReply(QuestionType):
    """Who chooses the best reply earns everything, who chooses another earns what it is worth."""

    label = gettext_lazy("Best reply")
    hint = gettext_lazy("A customer's message and several replies, with points for each.")
    icon = "messages"
    folder = "best_reply"
    form = BestReplyForm

    def check(self, content: Mapping[str, Any]) -> Content:
        tidy = [_tidy(row, n) for n, row in enumerate(with_keys(rows.rows_of(content)), start=1)]
        rows.check_texts([row["text"] for row in tidy])
        check_ids(tidy, "options")
        if max(row["credit"] for row in tidy) != HUNDRED:
            raise Refused(_("Give 100 % to the best reply."), field="options", code="no_right_option")
        return {"options": tidy}

    def order(self, content: Content, chance: Random | None) -> Json:
        return rows.ordered(content, chance)

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        return rows.picked(order, given, most=1)

    def from_form(self, data: QueryDict, name: str) -> Json:
        return rows.picked_in(data, name)

    def grade(self, content: Content, answer: Json) -> Decimal:
        return part_of_one(sum(row["credit"] for row in _chosen(content, answer)), HUNDRED)

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        chosen, shown = set(answer or ()), rows.in_order(content, order)
        return {"choices": [{"id": row["id"], "text": row["text"], "chosen": row["id"] in chosen} for row in shown]}

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        chosen, shown = set(answer or ()), rows.in_order(content, order)
        return {
            "choices": [{**row, "chosen": row["id"] in chosen, "best": row["credit"] == HUNDRED} for row in shown],
        }

    def texts(self, content: Content) -> dict[str, str]:
        return texts_of(content["options"], "options") | texts_of(content["options"], "feedback", "feedback")

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        named = with_row_texts(content["options"], "options", texts)
        return {"options": with_row_texts(named, "feedback", texts, "feedback")}

    def keys(self, content: Content) -> list[Key]:
        return [
            Key("", row["id"], row["text"], part_of_one(row["credit"], HUNDRED) or NONE) for row in content["options"]
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        return [("", key) for key in answer or ()]

    def guess(self, content: Content) -> Decimal:
        return part_of_one(sum(row["credit"] for row in content["options"]), HUNDRED * len(content["options"]))

    def summary(self, content: Content, answer: Json) -> str:
        return "；".join(row["text"] for row in _chosen(content, answer))

    def right(self, content: Content) -> Json:
        return [next(row["id"] for row in content["options"] if row["credit"] == HUNDRED)]


def _tidy(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {
        "id": row["id"],
        "text": row["text"],
        "credit": credit_of(row.get("credit"), "options", number),
        "feedback": str(row.get("feedback") or "").strip(),
    }


def _chosen(content: Content, answer: Json) -> list[dict[str, Any]]:
    return [row for row in content["options"] if row["id"] in (answer or ())]


TYPES.register("best_reply", BestReply())
