"""Options with weights, as other systems have them, as a question of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.exchange.losses import whole_credit
from assessments.exchange.parsed import Entry, without_empty

FULL = Decimal(100)
CLOSE = Decimal("0.01")


@dataclass(frozen=True)
class Weighted:
    """An option, or an accepted answer, and the percentage it earns; below 0 it costs."""

    text: str
    weight: Decimal
    feedback: str = ""


def one_of(options: Sequence[Weighted], *, graded: bool) -> tuple[Entry, str]:
    """A question of which one option is chosen, and what is lost; `graded`: the file gives each option its credit."""
    costs = any(option.weight < 0 for option in options)
    lost = _("Wrong options cost points there; here they earn none.") if costs else ""
    if _in_grades(options) or (graded and not costs):
        rows = [_row(option, credit=whole_credit(option.weight)) for option in options]
        return {"kind": "best_reply", "content": {"options": rows}}, lost
    rows = [_row(option, correct=option.weight >= FULL) for option in options]
    return {"kind": "single", "content": {"options": rows}}, lost


def _in_grades(options: Sequence[Weighted]) -> bool:
    """Whether right and wrong do not say it all: an option is half right, or several are right."""
    return any(0 < option.weight < FULL for option in options) or sum(o.weight >= FULL for o in options) > 1


def some_of(options: Sequence[Weighted]) -> tuple[Entry, str]:
    """A question of which several options are chosen, and what is lost."""
    rows = [_row(option, correct=option.weight > 0) for option in options]
    right = sum(option.weight > 0 for option in options)
    share = FULL / right if right else FULL
    alike = all(abs(abs(option.weight) - share) <= CLOSE for option in options)
    lost = "" if alike else _("Here all right options count alike, and a wrong one takes off as much.")
    return {"kind": "multiple", "content": {"options": rows}}, lost


def true_or_false(right: bool, feedback: dict[bool, str]) -> Entry:
    rows = [
        without_empty({"id": name, "feedback": feedback.get(answer, "")}) | {"correct": answer == right}
        for name, answer in (("true", True), ("false", False))
    ]
    return {"kind": "true_false", "content": {"options": rows}}


def accepted(answers: Sequence[Weighted], *, case: bool = False) -> Entry:
    """A short answer; what earns nothing stays only where it has feedback."""
    rows = [_row(answer, credit=whole_credit(answer.weight)) for answer in answers]
    kept = [row for row in rows if row["credit"] or row.get("feedback")]
    return {"kind": "short", "content": {"answers": kept, "case": case}}


def _row(option: Weighted, **said: object) -> Entry:
    return {"text": option.text, **said, **({"feedback": option.feedback} if option.feedback else {})}


def weights_of(entry: Entry) -> list[Weighted]:
    """The options of a choice as weighted ones, the way our marks count them."""
    options = entry["content"]["options"]
    if entry["kind"] == "best_reply":
        return [Weighted(o["text"], Decimal(str(o.get("credit") or 0)), o.get("feedback", "")) for o in options]
    right = sum(bool(option.get("correct")) for option in options) or 1
    share = FULL / right
    wrong = -share if entry["kind"] == "multiple" else Decimal(0)
    return [Weighted(o.get("text", ""), share if o.get("correct") else wrong, o.get("feedback", "")) for o in options]
