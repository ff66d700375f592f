"""A story with several questions about it, each of its own kind."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.types import options as rows
from assessments.questions.types.base import (
    NONE,
    TYPES,
    Content,
    Json,
    Key,
    QuestionType,
    misfit,
    part_of_one,
    type_of,
)
from assessments.questions.types.case_form import MOST, MOST_POINTS, PARTS, CaseForm
from assessments.questions.types.parts import check_ids, pairs, with_keys
from courses.media import markdown
from trainingsite.core.errors import Refused


class Case(QuestionType):
    """Each part is marked as a question of its kind and weighs as much as its points."""

    label = gettext_lazy("Case with several questions")
    hint = gettext_lazy("A longer situation with several questions about it.")
    icon = "stack-2"
    folder = "case"
    form = CaseForm

    def check(self, content: Mapping[str, Any]) -> Content:
        given = rows.rows_of(content, "parts")
        if not 1 <= len(given) <= MOST:
            raise Refused(_("A case has 1 to %(most)s questions.") % {"most": MOST}, field="parts", code="parts")
        named = with_keys([{**row, "text": f"{n} {row.get('stem')}"} for n, row in enumerate(given)])
        check_ids(named, "parts")
        return {"parts": [_checked(number, row) for number, row in enumerate(named, start=1)]}

    def order(self, content: Content, chance: Random | None) -> Json:
        return {row["id"]: kind.order(row["content"], chance) for row, kind in _parts(content)}

    def accept(self, content: Content, order: Json, given: Json) -> Json:
        told = pairs(given, [row["id"] for row in content["parts"]])
        kept = {
            row["id"]: kind.accept(row["content"], order.get(row["id"]), told[row["id"]])
            for row, kind in _parts(content)
            if row["id"] in told
        }
        return {key: kept[key] for key in sorted(kept) if kept[key] is not None} or None

    def from_form(self, data: QueryDict, name: str) -> Json:
        """The form says itself what kind each part is, as "part:kind"; whether that is so, `accept` finds."""
        told = [each.partition(":") for each in data.getlist(f"{name}-kind")]
        if not {kind for _part, _colon, kind in told} <= set(PARTS):
            raise misfit()
        return {part: type_of(kind).from_form(data, f"{name}-{part}") for part, _colon, kind in told}

    def grade(self, content: Content, answer: Json) -> Decimal:
        given = answer or {}
        parts = ((row["points"], kind.grade(row["content"], given.get(row["id"]))) for row, kind in _parts(content))
        return part_of_one(sum((points * (part or NONE) for points, part in parts), NONE), _points(content))

    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        given = answer or {}
        return {
            "parts": [
                {
                    **_head(row, kind),
                    "template": kind.ask_template,
                    "parts": kind.asked(row["content"], order.get(row["id"]), given.get(row["id"])),
                }
                for row, kind in _parts(content)
            ]
        }

    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        given = answer or {}
        return {
            "parts": [
                {
                    **_head(row, kind),
                    "template": kind.review_template,
                    "parts": kind.told(row["content"], order.get(row["id"]), given.get(row["id"])),
                    "answered": row["id"] in given,
                    "fraction": kind.grade(row["content"], given.get(row["id"])),
                    "explanation": row["explanation"],
                }
                for row, kind in _parts(content)
            ]
        }

    def texts(self, content: Content) -> dict[str, str]:
        found: dict[str, str] = {}
        for row, kind in _parts(content):
            start = f"parts.{row['id']}"
            found |= {f"{start}.{name}": row[name] for name in ("stem", "explanation") if row[name]}
            found |= {f"{start}.content.{path}": text for path, text in kind.texts(row["content"]).items()}
        return found

    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        return {"parts": [_in_words(row, kind, texts) for row, kind in _parts(content)]}

    def keys(self, content: Content) -> list[Key]:
        return [
            Key(f"{row['id']}.{key.part}", key.key, key.text, key.fraction)
            for row, kind in _parts(content)
            for key in kind.keys(row["content"])
        ]

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        given = answer or {}
        return [
            (f"{row['id']}.{part}", key)
            for row, kind in _parts(content)
            for part, key in kind.chosen(row["content"], given.get(row["id"]))
        ]

    def guess(self, content: Content) -> Decimal:
        earned = sum((row["points"] * kind.guess(row["content"]) for row, kind in _parts(content)), NONE)
        return part_of_one(earned, _points(content))

    def summary(self, content: Content, answer: Json) -> str:
        given = answer or {}
        said = (
            f"{number}. {kind.summary(row['content'], given[row['id']])}"
            for number, (row, kind) in enumerate(_parts(content), start=1)
            if row["id"] in given
        )
        return " | ".join(said)

    def right(self, content: Content) -> Json:
        rows_by_id = sorted(_parts(content), key=lambda pair: str(pair[0]["id"]))
        return {row["id"]: kind.right(row["content"]) for row, kind in rows_by_id}


def _parts(content: Content) -> Iterator[tuple[dict[str, Any], QuestionType]]:
    return ((row, type_of(row["kind"])) for row in content["parts"])


def _points(content: Content) -> int:
    return sum(row["points"] for row in content["parts"])


def _head(row: Mapping[str, Any], kind: QuestionType) -> dict[str, Any]:
    return {"id": row["id"], "kind": row["kind"], "label": kind.label, "stem": row["stem"], "points": row["points"]}


def _checked(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """The part tidied; what its own kind refuses is said with its number."""
    kind, stem, told = row.get("kind"), _text(row, "stem"), _text(row, "explanation")
    if kind not in PARTS or kind not in TYPES:
        raise _refused(number, _("this kind can't be part of a case."), "kind")
    if not stem:
        raise _refused(number, _("The question is empty."), "empty")
    if problem := next((said for text in (stem, told) for said in markdown.problems(text)), ""):
        raise _refused(number, problem, "markdown")
    content = row.get("content")
    try:
        checked = type_of(kind).check(content if isinstance(content, Mapping) else {})
    except Refused as refusal:
        raise _refused(number, str(refusal.message), refusal.code) from refusal
    points = _points_of(number, row.get("points"))
    return {"id": row["id"], "kind": kind, "stem": stem, "content": checked, "points": points, "explanation": told}


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "").replace("\r\n", "\n").strip()


def _points_of(number: int, value: Any) -> int:
    try:
        points = int(str(1 if value in (None, "") else value))
    except ValueError:
        points = 0
    if not 1 <= points <= MOST_POINTS:
        raise _refused(number, _("the points are 1 to %(most)s.") % {"most": MOST_POINTS}, "points")
    return points


def _refused(number: int, said: str, code: str) -> Refused:
    return Refused(_("Question %(n)s: %(said)s") % {"n": number, "said": said}, field="parts", code=code)


def _in_words(row: Mapping[str, Any], kind: QuestionType, texts: Mapping[str, str]) -> dict[str, Any]:
    start = f"parts.{row['id']}."
    own = {path.removeprefix(start): text for path, text in texts.items() if path.startswith(start)}
    inner = {path.removeprefix("content."): text for path, text in own.items() if path.startswith("content.")}
    said = {name: own.get(name) or row[name] for name in ("stem", "explanation")}
    return {**row, **said, "content": kind.with_texts(row["content"], inner)}


TYPES.register("case", Case())
