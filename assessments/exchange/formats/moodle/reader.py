"""Moodle XML, as Moodle 2 to 5 export their question banks."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.exchange.formats.gift.reader import category_of
from assessments.exchange.formats.moodle import cloze, simple
from assessments.exchange.formats.moodle.node import MoodleQuestion
from assessments.exchange.parsed import Entry, Parsed, unreadable
from assessments.exchange.reading import LeftOut
from assessments.exchange.texts import as_markdown
from assessments.exchange.trees import Node, children, tag_of, tree_of, value
from trainingsite.core.errors import Refused

CALCULATED = gettext_lazy("It computes its numbers from a formula; such questions are not asked here.")
DRAGGED = gettext_lazy("Things are dragged onto a picture; make it a hotspot question by hand.")
REASONS: dict[str, str | Promise] = {
    "description": gettext_lazy("A text that asks nothing; put it into a lesson."),
    "calculated": CALCULATED,
    "calculatedsimple": CALCULATED,
    "calculatedmulti": CALCULATED,
    "ddimageortext": DRAGGED,
    "ddmarker": DRAGGED,
    "random": gettext_lazy("It draws another question; let the quiz draw from a pool instead."),
    "randomsamatch": gettext_lazy("It draws another question; let the quiz draw from a pool instead."),
    "missingtype": gettext_lazy("The system that made the file did not know its kind itself."),
}
KINDS: dict[str, Callable[[MoodleQuestion], Entry]] = {
    "multichoice": simple.multichoice,
    "multichoiceset": simple.multichoice,
    "truefalse": simple.truefalse,
    "shortanswer": simple.shortanswer,
    "numerical": simple.numerical,
    "matching": simple.matching,
    "match": simple.matching,
    "ddmatch": simple.matching,
    "ordering": simple.ordering,
    "essay": simple.essay,
    "cloze": cloze.cloze,
    "multianswer": cloze.cloze,
    "ddwtos": cloze.words_in_text,
    "gapselect": cloze.words_in_text,
}


def read(data: bytes) -> Parsed:
    root = tree_of(data)
    if tag_of(root) != "quiz":
        raise unreadable(_("This is no question file of Moodle: it begins with <%(tag)s>.") % {"tag": tag_of(root)})
    parsed, category = Parsed(), ""
    for node in children(root, "question"):
        if node.get("type") == "category":
            category = category_of(value(node, "category", "text"))
        else:
            _read_question(node, category, parsed)
    return parsed


def _read_question(node: Node, category: str, parsed: Parsed) -> None:
    question = MoodleQuestion(parsed, node)
    kind = str(node.get("type") or "")
    try:
        entry = {**_facts(question, category), **KINDS.get(kind, _unknown)(question)}
        question.keep({**entry, "stem": entry["stem"] or as_markdown(question.name)})
    except LeftOut as reason:
        question.leave_out(str(reason))
    except Refused as refusal:
        question.fail(refusal)


def _unknown(question: MoodleQuestion) -> Entry:
    kind = str(question.node.get("type") or "?")
    unknown = _("Questions of the type %(type)s have no counterpart here.") % {"type": kind[:60]}
    raise LeftOut(str(REASONS.get(kind, unknown)))


def _facts(question: MoodleQuestion, category: str) -> Entry:
    """What all types have."""
    node = question.node
    tags = [text for tag in children(_tags(node), "tag") if (text := value(tag, "text"))]
    _note_the_rest(question)
    return {
        "code": value(node, "idnumber"),
        "category": category,
        "tags": tags,
        "status": "draft" if value(node, "hidden") == "1" else "",
        "stem": question.rich("questiontext"),
        "explanation": question.rich("generalfeedback"),
    }


def _tags(node: Node) -> Node | None:
    return next(iter(children(node, "tags")), None)


def _note_the_rest(question: MoodleQuestion) -> None:
    node = question.node
    worth = value(node, "defaultgrade")
    try:
        unusual = bool(worth) and Decimal(worth) != 1
    except InvalidOperation:
        unusual = False
    points = _("It was worth %(points)s points; here the quiz says how many.") % {"points": worth[:20]}
    question.note(points, when=unusual)
    hints = any(value(hint, "text") for hint in children(node, "hint"))
    question.note(_("Hints between tries stay behind."), when=hints)
    names = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    told = any(value(node, name, "text") for name in names)
    question.note(_("Feedback for the whole answer stays behind; the explanation is kept."), when=told)
    question.note(_("It was hidden there and is a draft here."), when=value(node, "hidden") == "1")
