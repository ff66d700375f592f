"""Moodle's kinds of questions with one answer each."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.exchange.choices import accepted, one_of, some_of, true_or_false
from assessments.exchange.formats.gift.answers import number_of
from assessments.exchange.formats.moodle.node import MoodleQuestion, fraction_of, megabytes
from assessments.exchange.losses import trimmed, whole_credit
from assessments.exchange.parsed import Entry
from assessments.exchange.trees import Node, child, children, text_in, value
from trainingsite.core.errors import Refused

_ENDING = re.compile(r"\.?([A-Za-z0-9]{1,10})")
UNITS = {"0": "optional", "1": "required", "2": "required"}


def multichoice(question: MoodleQuestion) -> Entry:
    options = question.answers()
    entry, lost = one_of(options, graded=False) if _single(question) else some_of(options)
    question.note(lost, when=lost)
    return entry


def _single(question: MoodleQuestion) -> bool:
    return question.node.get("type") == "multichoice" and question.flag("single")


def truefalse(question: MoodleQuestion) -> Entry:
    answers = {value(node, "text").lower() == "true": node for node in children(question.node, "answer")}
    right = [answer for answer, node in answers.items() if fraction_of(node) > 0]
    if len(right) != 1:
        raise Refused(_("It says neither that the statement is true nor that it is false."))
    told = {answer: question.line_of(child(node, "feedback")) for answer, node in answers.items()}
    return true_or_false(right[0], told)


def shortanswer(question: MoodleQuestion) -> Entry:
    return accepted(question.answers(plain=True), case=question.flag("usecase"))


def numerical(question: MoodleQuestion) -> Entry:
    units = [_unit(node) for node in children(child(question.node, "units"), "unit")]
    rows = [row for node in children(question.node, "answer") if (row := _number(question, node))]
    need = UNITS.get(value(question.node, "unitgradingtype"), "optional") if units else "none"
    choose = value(question.node, "showunits") in {"1", "2"}
    question.note(_("The unit was chosen from a list; here it is typed."), when=units and choose)
    return {"kind": "numerical", "content": {"answers": rows, "units": units, "unit": need}}


def _unit(node: Node) -> Entry:
    """Moodle multiplies the right number by it, we what is given."""
    multiplier = number_of(value(node, "multiplier") or "1")
    if not multiplier:
        raise Refused(_("A unit is worth nothing."))
    return {"name": value(node, "unit_name"), "factor": trimmed(1 / multiplier, 9)}


def _number(question: MoodleQuestion, node: Node) -> Entry:
    text, credit = value(node, "text"), whole_credit(fraction_of(node))
    feedback = question.line_of(child(node, "feedback"))
    if text == "*" or not text:
        question.note(_("Feedback for wrong numbers stays behind."), when=feedback)
        return {}
    tolerance = trimmed(abs(number_of(value(node, "tolerance") or "0")), 10)
    row = {"value": trimmed(number_of(text), 10), "tolerance": tolerance, "credit": credit}
    return {**row, "feedback": feedback} if feedback else row


def matching(question: MoodleQuestion) -> Entry:
    stems: list[Entry] = []
    choices: dict[str, str] = {}
    for node in children(question.node, "subquestion"):
        answer = child(node, "answer")
        text = question.line_of(answer) if question.node.get("type") == "ddmatch" else value(answer, "text")
        key = choices.setdefault(text, f"c{len(choices) + 1}")
        if stem := question.line_of(node):
            stems.append({"id": f"s{len(stems) + 1}", "text": stem, "match": key})
    rows = [{"id": key, "text": text} for text, key in choices.items()]
    return {"kind": "matching", "content": {"stems": stems, "choices": rows}}


def ordering(question: MoodleQuestion) -> Entry:
    rows = sorted(enumerate(children(question.node, "answer")), key=lambda pair: (_place(pair[1]), pair[0]))
    items = [{"text": question.line_of(node)} for _n, node in rows]
    grading = value(question.node, "gradingtype")
    exact = grading in {"-1", "ALL_OR_NOTHING"}
    usual = exact or grading in {"0", "ABSOLUTE_POSITION", ""}
    question.note(_("Here each item counts that stands in its place."), when=not usual)
    partly = value(question.node, "selecttype") not in {"", "0", "ALL"}
    question.note(_("Here all items are shown, not some of them."), when=partly)
    return {"kind": "ordering", "content": {"items": items, "grading": "exact" if exact else "places"}}


def _place(node: Node) -> Decimal:
    return number_of(node.get("fraction") or "0")


def essay(question: MoodleQuestion) -> Entry:
    """An essay; where Moodle takes files and no text, an upload."""
    node = question.node
    model = question.flat(question.rich("graderinfo"))
    question.note(_("The text to begin with stays behind."), when=value(node, "responsetemplate", "text"))
    files = value(node, "attachments") not in {"", "0"}
    if files and value(node, "responseformat") == "noinline":
        endings = _endings(question)
        most = {"most_mb": size} if (size := megabytes(value(node, "maxbytes"))) else {}
        return {"kind": "upload", "content": {"endings": endings, **most, "model": model}}
    question.note(_("Files that come with an essay are not taken; ask for a file upload."), when=files)
    words = value(node, "minwordlimit") or value(node, "maxwordlimit")
    question.note(_("It counted words; here characters are counted."), when=words)
    return {"kind": "essay", "content": {"model": model} if model else {}}


def _endings(question: MoodleQuestion) -> list[str]:
    found = [each for each in re.split(r"[\s,;]+", text_in(child(question.node, "filetypeslist"))) if each]
    known = [match[1].lower() for each in found if each.startswith(".") and (match := _ENDING.fullmatch(each))]
    lost = len(known) < len(found)
    question.note(_("Groups of file types stay behind; name the endings yourself."), when=lost)
    return known
