"""A short answer, compared exactly after tidying with the answers that count."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm, RowForm, RowsField
from assessments.questions.normalise import canonical, same
from assessments.questions.types import options as rows
from assessments.questions.types.base import NONE, TYPES, Content, Json, Key, QuestionType, part_of_one
from assessments.questions.types.parts import HUNDRED, credit_of
from assessments.questions.types.written import storable, written
from trainingsite.core.errors import Refused

LONGEST, MOST_ANSWERS, MOST_GROUPS, MOST_WORDS = 300, 30, 30, 20
_COMMA = re.compile(r"[,，、;；=＝]")


class AnswerRow(RowForm):
    text = forms.CharField(label=gettext_lazy("Answer"), required=False, max_length=LONGEST)
    credit = forms.IntegerField(
        label=gettext_lazy("Points (%)"), required=False, min_value=0, max_value=HUNDRED, initial=HUNDRED
    )
    feedback = forms.CharField(label=gettext_lazy("What to say to who gave it"), required=False, max_length=500)


class ShortForm(ContentForm):
    answers = RowsField(
        AnswerRow,
        label=gettext_lazy("answers that count"),
        add=gettext_lazy("Add an answer"),
        most=MOST_ANSWERS,
        spare=3,
        help_text=gettext_lazy(
            "The first that fits decides. * stands for any text. Width, script, punctuation and blanks make no "
            "difference; numbers and dates must be equal: 七天 is 7天, but never 15天."
        ),
    )
    synonyms = forms.CharField(
        label=gettext_lazy("synonyms"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One group a line, its words between commas: 退货，退回商品"),
    )
    case = forms.BooleanField(label=gettext_lazy("Capital letters count"), required=False)

    @classmethod
    def shown(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        return {**content, "synonyms": "\n".join("，".join(words) for words in content["synonyms"])}

    @classmethod
    def content(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        lines = str(data.get("synonyms") or "").splitlines()
        return {
            "answers": data.get("answers"),
            "synonyms": [_COMMA.split(line) for line in lines if line.strip()],
            "case": data.get("case"),
        }


class Short(QuestionType):
    """The first accepted answer that says the same decides what it earns."""

    label = gettext_lazy("Short answer")
    hint = gettext_lazy("A word or a short sentence that is typed; several wordings can count.")
    icon = "pencil"
    folder = "short"
    form = ShortForm

    def check(self, content: Mapping[str, Any]) -> Content:
        answers = [_tidy(row, n) for n, row in enumerate(rows.rows_of(content, "answers"), start=1)]
        if not 1 <= len(answers) <= MOST_ANSWERS:
            message = _("Give 1 to %(most)s answers that count.") % {"most": MOST_ANSWERS}
            raise Refused(message, field="answers", code="number_of_answers")
        case = bool(content.get("case"))
        _refuse_twins([answer["text"] for answer in answers], case=case)
        if max(answer["credit"] for answer in answers) != HUNDRED:
            raise Refused(_("Give 100 % to the best answer."), field="answers", code="no_right_answer")
        return {"answers": answers, "synonyms": _groups(content.get("synonyms")), "case": case}

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        return written(given, LONGEST)

    def from_form(self, data: QueryDict, name: str) -> Json:
        return data.get(name, "").strip() or None

    def grade(self, content: Content, answer: Json) -> Decimal:
        number = _match(content, answer)
        return NONE if number is None else part_of_one(content["answers"][number]["credit"], HUNDRED)

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        return {"text": answer or "", "longest": LONGEST}

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        number = _match(content, answer)
        found = content["answers"][number] if number is not None else {"credit": 0, "feedback": ""}
        right = [row for row in content["answers"] if row["credit"]]
        return {"text": answer or "", "credit": found["credit"], "feedback": found["feedback"], "right": right}

    def texts(self, content: Content) -> dict[str, str]:
        return _texts(content["answers"])

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return {**content, "answers": _with_texts(content["answers"], texts)}

    def keys(self, content: Content) -> list[Key]:
        return [
            Key("", str(number), row["text"], part_of_one(row["credit"], HUNDRED))
            for number, row in enumerate(content["answers"], start=1)
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        number = _match(content, answer)
        return [] if number is None else [("", str(number + 1))]

    def summary(self, content: Content, answer: Json) -> str:
        return str(answer or "")

    def right(self, content: Content) -> Json:
        best = next(row["text"] for row in content["answers"] if row["credit"] == HUNDRED)
        return re.sub(r"\\\*|[*＊]", lambda match: "*" if len(match[0]) > 1 else "", best).strip() or best


def _match(content: Content, answer: Json) -> int | None:
    """The place of the first answer that says what was answered."""
    wanted = ((number, row["text"]) for number, row in enumerate(content["answers"]))
    synonyms, case = content["synonyms"], content["case"]
    told = str(answer or "")
    return next((number for number, text in wanted if same(told, text, synonyms=synonyms, case=case)), None)


def _tidy(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    text = storable(str(row.get("text") or "")).strip()
    if not canonical(text):
        raise Refused(_("Answer %(n)s is empty.") % {"n": number}, field="answers", code="empty_answer")
    if len(text) > LONGEST:
        message = _("Answer %(n)s is longer than %(most)s characters.") % {"n": number, "most": LONGEST}
        raise Refused(message, field="answers", code="too_long")
    given = row.get("credit")
    credit = credit_of(HUNDRED if given in (None, "") else given, "answers", number)
    if credit and not text.strip("*＊ 　"):
        message = _("Answer %(n)s would accept everything; give 0 %% for it.") % {"n": number}
        raise Refused(message, field="answers", code="accepts_everything")
    return {"text": text, "credit": credit, "feedback": storable(str(row.get("feedback") or "")).strip()}


def _refuse_twins(texts: list[str], *, case: bool) -> None:
    seen: dict[str, int] = {}
    for number, text in enumerate(texts, start=1):
        first = seen.setdefault(canonical(text, case=case), number)
        if first != number:
            message = _("Answers %(first)s and %(n)s are the same.") % {"first": first, "n": number}
            raise Refused(message, field="answers", code="duplicate_answer")


def _groups(given: Any) -> list[list[str]]:
    """Groups of at least two words each."""
    groups = given or []
    if not _is_list(groups, list, MOST_GROUPS) or not all(_is_list(words, str, MOST_WORDS) for words in groups):
        raise Refused(_("Synonyms are groups of words."), field="synonyms", code="shape")
    tidy = [words for group in groups if (words := _words(group))]
    if any(len(words) == 1 or max(map(len, words)) > LONGEST for words in tidy):
        raise Refused(_("A group of synonyms has at least two words."), field="synonyms", code="one_word")
    return tidy


def _is_list(given: Any, of: type, most: int) -> bool:
    return isinstance(given, list) and len(given) <= most and all(isinstance(each, of) for each in given)


def _words(group: list[str]) -> list[str]:
    """Each word of the group once, as it is kept."""
    return list(dict.fromkeys(word for one in group if (word := storable(one).strip())))


def _texts(answers: list[dict[str, Any]]) -> dict[str, str]:
    return {
        f"{prefix}.{number}": row[field]
        for prefix, field in (("answers", "text"), ("feedback", "feedback"))
        for number, row in enumerate(answers, start=1)
        if row[field]
    }


def _with_texts(answers: list[dict[str, Any]], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "text": texts.get(f"answers.{number}") or row["text"],
            "feedback": texts.get(f"feedback.{number}") or row["feedback"],
        }
        for number, row in enumerate(answers, start=1)
    ]


TYPES.register("short", Short())
