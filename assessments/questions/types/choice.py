"""Single choice, multiple choice, true or false."""

import re
from collections.abc import Mapping
from decimal import Decimal
from math import comb
from random import Random
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
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
    part_of_one,
    texts_of,
    with_row_texts,
)
from trainingsite.core.errors import Refused

TRUE, FALSE = "true", "false"
WORDS = {TRUE: gettext_lazy("True"), FALSE: gettext_lazy("False")}


class OptionRow(RowForm):
    correct = forms.BooleanField(label=gettext_lazy("Right"), required=False)
    text = forms.CharField(label=gettext_lazy("Option"), required=False, max_length=500)
    feedback = forms.CharField(label=gettext_lazy("What to say to who chose it"), required=False, max_length=500)


class OneOfRows(forms.CheckboxInput):
    """A radio button in a row: of all rows of the list one is chosen. Ticks of single rows are understood too."""

    input_type = "radio"
    row = re.compile(r"(?P<rows>.+)-(?P<number>\d+|__index__)-(?P<name>\w+)")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if found := self.row.fullmatch(name):
            context["widget"] |= {"name": f"{found['rows']}-{found['name']}", "value": found["number"]}
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        found = self.row.fullmatch(name)
        chosen = found and data.get(f"{found['rows']}-{found['name']}") == found["number"]
        return bool(chosen or super().value_from_datadict(data, files, name))


class OneRightRow(OptionRow):
    correct = forms.BooleanField(label=gettext_lazy("Right"), required=False, widget=OneOfRows)


class SingleForm(ContentForm):
    options = RowsField(
        OneRightRow,
        label=gettext_lazy("options"),
        add=gettext_lazy("Add an option"),
        fewest=rows.FEWEST,
        most=rows.MOST,
    )


class ChoiceForm(ContentForm):
    options = RowsField(
        OptionRow,
        label=gettext_lazy("options"),
        add=gettext_lazy("Add an option"),
        fewest=rows.FEWEST,
        most=rows.MOST,
    )


class TruthForm(ContentForm):
    at = {"options": "answer"}
    answer = forms.ChoiceField(
        label=gettext_lazy("The statement is"),
        choices=[(TRUE, gettext_lazy("True")), (FALSE, gettext_lazy("False"))],
        widget=forms.RadioSelect,
        required=False,
    )

    @classmethod
    def shown(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"answer": next(iter(right_ids(content)), "")} if content.get("options") else {}

    @classmethod
    def content(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return truth(data["answer"] == TRUE) if data.get("answer") else {}


def right_ids(content: Mapping[str, Any]) -> list[str]:
    return [row["id"] for row in content["options"] if row["correct"]]


class Choice(QuestionType):
    """Options of which one or some are right; `most` is how many may be chosen, None for any number."""

    most: int | None = 1
    form: ClassVar[type[ContentForm]] = ChoiceForm
    folder = "choice"

    def check(self, content: Mapping[str, Any]) -> Content:
        tidy = rows.with_ids(rows.rows_of(content), correct=False)
        rows.check_texts([row["text"] for row in tidy])
        self._check_right(sum(row["correct"] for row in tidy))
        return {"options": tidy}

    def _check_right(self, right: int) -> None:
        if right == 0:
            raise Refused(_("Mark the right option."), field="options", code="no_right_option")
        if self.most == 1 and right > 1:
            message = _("A single-choice question has one right option; for more, make it multiple choice.")
            raise Refused(message, field="options", code="several_right_options")

    def order(self, content: Content, chance: Random | None) -> Json:
        return rows.ordered(content, chance)

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        return rows.picked(order, given, most=self.most)

    def from_form(self, data: QueryDict, name: str) -> Json:
        return rows.picked_in(data, name)

    def grade(self, content: Content, answer: Json) -> Decimal:
        return FULL if list(answer or ()) == right_ids(content) else NONE

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        chosen = set(answer or ())
        shown = rows.in_order(content, order)
        return {
            "choices": [{"id": row["id"], "text": self.words(row), "chosen": row["id"] in chosen} for row in shown],
            "several": self.most is None,
        }

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        chosen = set(answer or ())
        shown = rows.in_order(content, order)
        return {
            "choices": [{**row, "text": self.words(row), "chosen": row["id"] in chosen} for row in shown],
            "several": self.most is None,
        }

    def words(self, row: Mapping[str, Any]) -> str:
        return str(row["text"])

    def texts(self, content: Content) -> dict[str, str]:
        found = content["options"]
        return texts_of(found, "options") | texts_of(found, "feedback", "feedback")

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        named = with_row_texts(content["options"], "options", texts)
        told = with_row_texts(named, "feedback", texts, "feedback")
        return {"options": [row if row["feedback"] else _without_feedback(row) for row in told]}

    def keys(self, content: Content) -> list[Key]:
        worth = FULL / max(len(right_ids(content)), 1)
        return [
            Key("", row["id"], str(self.words(row)), worth if row["correct"] else NONE) for row in content["options"]
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        return [("", key) for key in answer or ()]

    def guess(self, content: Content) -> Decimal:
        return part_of_one(1, len(content["options"]))

    def summary(self, content: Content, answer: Json) -> str:
        chosen = set(answer or ())
        return "；".join(str(self.words(row)) for row in content["options"] if row["id"] in chosen)

    def right(self, content: Content) -> Json:
        return right_ids(content)


def _without_feedback(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "feedback"}


class Single(Choice):
    form = SingleForm
    label = gettext_lazy("Single choice")
    hint = gettext_lazy("Several options, one of them is right.")
    icon = "circle-dot"


class Multiple(Choice):
    """(right − wrong) / number of right options, never below 0; who ticks everything gains nothing."""

    label = gettext_lazy("Multiple choice")
    hint = gettext_lazy("Several options, one or more of them are right.")
    icon = "checkbox"
    most = None

    def grade(self, content: Content, answer: Json) -> Decimal:
        chosen, right = set(answer or ()), set(right_ids(content))
        return part_of_one(len(chosen & right) - len(chosen - right), len(right))

    def guess(self, content: Content) -> Decimal:
        """The mean over all sets of options, each equally likely."""
        of, right = len(content["options"]), len(right_ids(content))
        earned = sum(
            comb(right, hits) * comb(of - right, misses) * max(hits - misses, 0)
            for hits in range(right + 1)
            for misses in range(of - right + 1)
        )
        return part_of_one(earned, right * 2**of)


class TrueFalse(Choice):
    """The words are the reader's language's; the order stays."""

    label = gettext_lazy("True or false")
    hint = gettext_lazy("A statement that is true or false.")
    icon = "switch-horizontal"
    form = TruthForm

    def check(self, content: Mapping[str, Any]) -> Content:
        right = [row.get("id") for row in rows.rows_of(content) if row.get("correct")]
        if right not in ([TRUE], [FALSE]):
            raise Refused(_("Say whether the statement is true or false."), field="options", code="no_right_option")
        return truth(right == [TRUE])

    def order(self, content: Content, chance: Random | None) -> Json:
        return [TRUE, FALSE]

    def words(self, row: Mapping[str, Any]) -> str:
        return str(WORDS[row["id"]])

    def texts(self, content: Content) -> dict[str, str]:
        return {}

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return content


def truth(answer: bool) -> Content:
    """The content of a true/false question."""
    return {"options": [{"id": TRUE, "text": "", "correct": answer}, {"id": FALSE, "text": "", "correct": not answer}]}


TYPES.register("single", Single())
TYPES.register("multiple", Multiple())
TYPES.register("true_false", TrueFalse())
