"""A text with gaps, to be filled by typing or by choosing."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.fields import ContentForm, RowForm, RowsField
from assessments.questions.normalise import same
from assessments.questions.types import options as rows
from assessments.questions.types.base import FULL, NONE, TYPES, Content, Json, Key, QuestionType, misfit, part_of_one
from assessments.questions.types.parts import HUNDRED, check_ids, credit_of, pairs, pairs_in, with_keys
from assessments.questions.types.written import written
from trainingsite.core.errors import Refused

TYPED, CHOSEN = "typed", "chosen"
MODES = [(TYPED, gettext_lazy("typed")), (CHOSEN, gettext_lazy("chosen from a list"))]
MARK = re.compile(r"\[\[\s*([0-9A-Za-z_-]{1,20})\s*\]\]")
LONGEST, MOST_GAPS = 200, 20
_CREDIT = re.compile(r"^(.*?)\s*[|｜]\s*(\d{1,3})\s*%?$")
_RIGHT = re.compile(r"^[*＊]\s*")


class GapRow(RowForm):
    """A gap; each of its answers is one line."""

    id = forms.CharField(label=gettext_lazy("Gap"), required=False, max_length=20)
    mode = forms.ChoiceField(label=gettext_lazy("is"), choices=MODES, initial=TYPED, required=False)
    lines = forms.CharField(
        label=gettext_lazy("Answers"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    ids = forms.CharField(required=False, max_length=6000, widget=forms.HiddenInput)

    def row(self) -> dict[str, Any]:
        """The gap as the content holds it."""
        data = self.cleaned_data
        lines = [line.strip() for line in data["lines"].splitlines() if line.strip()]
        if data["mode"] == CHOSEN:
            read = [{"text": _RIGHT.sub("", line), "correct": bool(_RIGHT.match(line))} for line in lines]
            return {"id": data["id"], "mode": CHOSEN, "options": _with_ids(read, data["ids"])}
        return {"id": data["id"], "mode": TYPED, "answers": [_answer(line) for line in lines]}

    @classmethod
    def shown(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        if row["mode"] == CHOSEN:
            lines = [("* " if option["correct"] else "") + option["text"] for option in row["options"]]
            ids = {option["text"]: option["id"] for option in row["options"]}
            return {"id": row["id"], "mode": CHOSEN, "lines": "\n".join(lines), "ids": json.dumps(ids)}
        return {"id": row["id"], "mode": TYPED, "lines": "\n".join(map(_line, row["answers"]))}


def _answer(line: str) -> dict[str, Any]:
    found = _CREDIT.match(line)
    return {"text": found[1], "credit": int(found[2])} if found else {"text": line, "credit": HUNDRED}


def _line(answer: Mapping[str, Any]) -> str:
    return answer["text"] if answer["credit"] == HUNDRED else f"{answer['text']} | {answer['credit']}"


def _with_ids(read: list[dict[str, Any]], told: str) -> list[dict[str, Any]]:
    """The options with the ids that they had: by their words; those whose words changed, in their order."""
    try:
        known = {str(text): str(key) for text, key in json.loads(told or "{}").items()}
    except (ValueError, AttributeError):
        known = {}
    words = {row["text"] for row in read}
    left = iter([key for text, key in known.items() if text not in words] if len(known) == len(read) else [])
    return [{"id": known.get(row["text"]) or next(left, ""), **row} for row in read]


class GapText(forms.Textarea):
    """The text, with a button that puts a gap where the cursor is."""

    template_name = "assessments/questions/types/gaps/text.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "rows": f"{name.removesuffix('text')}gaps"}


class GapsForm(ContentForm):
    text = forms.CharField(
        label=gettext_lazy("text with gaps"),
        required=False,
        max_length=4000,
        widget=GapText(attrs={"rows": 4}),
        help_text=gettext_lazy("[[1]] is the first gap, [[2]] the second, and so on."),
    )
    gaps = RowsField(
        GapRow,
        label=gettext_lazy("gaps"),
        add=gettext_lazy("Add a gap"),
        most=MOST_GAPS,
        spare=2,
        help_text=gettext_lazy(
            "One answer a line. Typed: all that is right; “| 50” behind one makes it worth half. "
            "Chosen: all that is offered, with * before what is right."
        ),
    )


class Gaps(QuestionType):
    """Each gap earns its share; what is typed is compared exactly after tidying."""

    label = gettext_lazy("Fill the gaps")
    hint = gettext_lazy("A text with gaps, to be typed or chosen from lists.")
    icon = "puzzle"
    folder = "gaps"
    form = GapsForm

    def check(self, content: Mapping[str, Any]) -> Content:
        text = MARK.sub(r"[[\1]]", str(content.get("text") or "").replace("\r\n", "\n").strip())
        gaps = {str(row.get("id") or "").strip(): row for row in rows.rows_of(content, "gaps")}
        marks = MARK.findall(text)
        _check_marks(marks, gaps)
        return {"text": text, "gaps": [_checked(key, gaps[key]) for key in marks]}

    def order(self, content: Content, chance: Random | None) -> Json:
        order = {gap["id"]: [row["id"] for row in gap["options"]] for gap in content["gaps"] if gap["mode"] == CHOSEN}
        if chance:
            for ids in order.values():
                chance.shuffle(ids)
        return order

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        told = pairs(given, [gap["id"] for gap in content["gaps"]])
        kept = {key: text for key in sorted(told) if (text := written(told[key], LONGEST))}
        if any(key in order and text not in order[key] for key, text in kept.items()):
            raise misfit()
        return kept or None

    def from_form(self, data: QueryDict, name: str) -> Json:
        return pairs_in(data, name)

    def grade(self, content: Content, answer: Json) -> Decimal:
        given = answer or {}
        return part_of_one(sum(_worth(gap, given.get(gap["id"])) for gap in content["gaps"]), len(content["gaps"]))

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        gaps, given = {gap["id"]: gap for gap in content["gaps"]}, answer or {}
        return {"pieces": [_piece(piece, gaps, order, given) for piece in pieces_of(content["text"])]}

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        gaps, given = {gap["id"]: gap for gap in content["gaps"]}, answer or {}
        return {"pieces": [_told(piece, gaps, given) for piece in pieces_of(content["text"])]}

    def texts(self, content: Content) -> dict[str, str]:
        """What is accepted in a typed gap belongs to it: a translation has answers of its own."""
        found = {"text": content["text"]}
        for gap in content["gaps"]:
            for key, row in _rows(gap):
                found[f"gaps.{gap['id']}.{key}"] = row["text"]
        return found

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        text = texts.get("text") or content["text"]
        fits = sorted(MARK.findall(text)) == sorted(MARK.findall(content["text"]))
        return {"text": text if fits else content["text"], "gaps": [_in_words(gap, texts) for gap in content["gaps"]]}

    def keys(self, content: Content) -> list[Key]:
        return [
            Key(gap["id"], row["id"], row["text"], FULL if row["correct"] else NONE)
            for gap in content["gaps"]
            for row in gap.get("options", [])
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        chosen = {gap["id"] for gap in content["gaps"] if gap["mode"] == CHOSEN}
        return [(gap, key) for gap, key in (answer or {}).items() if gap in chosen]

    def guess(self, content: Content) -> Decimal:
        """Typed gaps are not guessed."""
        lists = [len(gap["options"]) for gap in content["gaps"] if gap["mode"] == CHOSEN]
        return part_of_one(sum((FULL / length for length in lists), NONE), len(content["gaps"]))

    def summary(self, content: Content, answer: Json) -> str:
        given = answer or {}
        said = (_words(gap, given.get(gap["id"])) for gap in content["gaps"]) if given else ()
        return "；".join(word or "–" for word in said)

    def right(self, content: Content) -> Json:
        return {gap["id"]: _right(gap) for gap in sorted(content["gaps"], key=lambda gap: str(gap["id"]))}


def pieces_of(text: str) -> Iterator[tuple[str, str]]:
    """("text", words) and ("gap", id), as they follow each other."""
    for number, piece in enumerate(MARK.split(text)):
        if number % 2:
            yield "gap", piece
        elif piece:
            yield "text", piece


def _piece(piece: tuple[str, str], gaps: Mapping[str, Any], order: Json, given: Mapping[str, str]) -> dict[str, Any]:
    kind, what = piece
    if kind == "text":
        return {"text": what}
    gap = gaps[what]
    shown = {"gap": what, "number": list(gaps).index(what) + 1, "given": given.get(what, "")}
    if gap["mode"] == TYPED:
        return shown
    words = {row["id"]: row["text"] for row in gap["options"]}
    return {**shown, "options": [{"id": key, "text": words[key]} for key in order.get(what) or words if key in words]}


def _told(piece: tuple[str, str], gaps: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    kind, what = piece
    if kind == "text":
        return {"text": what}
    gap = gaps[what]
    worth = _worth(gap, given.get(what))
    accepted = [row["text"] for row in gap.get("answers", []) if row["credit"] == HUNDRED]
    return {
        "gap": what,
        "number": list(gaps).index(what) + 1,
        "given": _words(gap, given.get(what)),
        "is_right": worth == FULL,
        "is_partly": NONE < worth < FULL,
        "right": " / ".join(accepted or [row["text"] for row in gap.get("options", []) if row["correct"]]),
    }


def _check_marks(marks: Sequence[str], gaps: Collection[str]) -> None:
    """Refuse marks and gaps that do not belong to each other one by one."""
    if not marks:
        raise Refused(_("Mark at least one gap, as in [[1]]."), field="text", code="no_gap")
    if len(marks) > MOST_GAPS or len(set(marks)) != len(marks):
        raise Refused(_("Each gap stands in the text once, and there are at most 20."), field="text", code="gaps")
    if missing := [mark for mark in marks if mark not in gaps]:
        raise Refused(_("Gap %(id)s has no answers.") % {"id": missing[0]}, field="gaps", code="no_answers")
    if extra := [key for key in gaps if key not in marks]:
        raise Refused(_("Gap %(id)s does not stand in the text.") % {"id": extra[0]}, field="gaps", code="no_mark")


def _checked(key: str, gap: Mapping[str, Any]) -> dict[str, Any]:
    if gap.get("mode", TYPED) == CHOSEN:
        return {"id": key, "mode": CHOSEN, "options": _options(key, rows.rows_of(gap, "options"))}
    answers: list[dict[str, Any]] = [
        {"text": text, "credit": credit_of(row.get("credit", HUNDRED), "gaps", number)}
        for number, row in enumerate(rows.rows_of(gap, "answers"), start=1)
        if (text := str(row.get("text") or "").strip())
    ]
    if max((row["credit"] for row in answers), default=0) != HUNDRED:
        raise Refused(_("Gap %(id)s needs an answer that is right.") % {"id": key}, field="gaps", code="no_answers")
    return {"id": key, "mode": TYPED, "answers": answers}


def _options(gap: str, found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    tidy = [{"id": row["id"], "text": row["text"], "correct": bool(row.get("correct"))} for row in with_keys(found)]
    rows.check_texts([row["text"] for row in tidy], "gaps")
    check_ids(tidy, "gaps")
    if sum(row["correct"] for row in tidy) != 1:
        message = _("Gap %(id)s: put * before the one that is right.") % {"id": gap}
        raise Refused(message, field="gaps", code="no_right_option")
    return tidy


def _worth(gap: Mapping[str, Any], given: str | None) -> Decimal:
    if not given:
        return NONE
    if gap["mode"] == CHOSEN:
        return FULL if given == _right(gap) else NONE
    earned = (row["credit"] for row in gap["answers"] if same(given, row["text"]))
    return Decimal(max(earned, default=0)) / HUNDRED


def _right(gap: Mapping[str, Any]) -> str:
    if gap["mode"] == CHOSEN:
        return next(str(row["id"]) for row in gap["options"] if row["correct"])
    return next(str(row["text"]) for row in gap["answers"] if row["credit"] == HUNDRED)


def _words(gap: Mapping[str, Any], given: str | None) -> str:
    return next((row["text"] for row in gap.get("options", []) if row["id"] == given), given or "")


def _rows(gap: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Options by their ids, accepted answers by their places."""
    yield from ((row["id"], row) for row in gap.get("options", []))
    yield from ((str(number), row) for number, row in enumerate(gap.get("answers", [])))


def _in_words(gap: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    name = "options" if gap["mode"] == CHOSEN else "answers"
    told = [{**row, "text": texts.get(f"gaps.{gap['id']}.{key}") or row["text"]} for key, row in _rows(gap)]
    return {**gap, name: told}


TYPES.register("gaps", Gaps())
