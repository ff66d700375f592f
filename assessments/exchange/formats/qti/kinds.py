"""Each kind of question as an interaction of QTI."""

import mimetypes
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessments.exchange.choices import FULL, Weighted, weights_of
from assessments.exchange.formats.qti.interactions import ENDINGS, PLACES
from assessments.exchange.formats.qti.making import RESPONSE, Making
from assessments.exchange.losses import percent, trimmed
from assessments.exchange.parsed import Entry
from assessments.exchange.trees import Node

_GAP = re.compile(r"\[\[(\w{1,20})\]\]")
MIMES = {ending: mime for mime, ending in ENDINGS.items()}


class Marks(NamedTuple):
    """How a kind of choice is answered and marked: from `least` percent on an option is right."""

    cardinality: str
    most: str
    template: str
    least: Decimal

    @property
    def mapped(self) -> bool:
        return self.template == "map_response"


ONE_RIGHT = Marks("single", "1", "match_correct", Decimal(1))
CHOICES = {
    "single": ONE_RIGHT,
    "true_false": ONE_RIGHT,
    "multiple": Marks("multiple", "0", "map_response", Decimal(1)),
    "best_reply": Marks("single", "1", "map_response", FULL),
}


def choice(item: Making, entry: Entry, parent: Node) -> None:
    marks, rows = CHOICES[entry["kind"]], entry["content"]["options"]
    options = [(_key(row, n), option) for n, (row, option) in enumerate(zip(rows, weights_of(entry), strict=True), 1)]
    right = tuple(key for key, option in options if option.weight >= marks.least)
    name, declared = item.response("identifier", marks.cardinality, right)
    if marks.mapped:
        item.mapping(declared, {key: option.weight for key, option in options})
    said = {"responseIdentifier": name, "shuffle": "true", "maxChoices": marks.most}
    node = item.add(parent, "choiceInteraction", **said)
    for key, option in options:
        _option(item, node, key, option)
    item.template = marks.template
    if any(option.feedback for _k, option in options) and name == RESPONSE:
        _told(item, mapped=marks.mapped)


def _option(item: Making, parent: Node, key: str, option: Weighted) -> None:
    text = option.text or (_("True") if key == "true" else _("False"))
    node = item.add(parent, "simpleChoice", text, identifier=key)
    if option.feedback:
        said = {"outcomeIdentifier": "FEEDBACK", "identifier": key, "showHide": "show"}
        item.add(node, "feedbackInline", option.feedback, **said)


def _key(row: Entry, number: int) -> str:
    key = str(row.get("id") or "")
    return key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", key) else f"o{key or number}"


def _told(item: Making, *, mapped: bool) -> None:
    """The same marks as by the template, and the feedback of what was chosen."""
    item.outcomes.append(item.outcome("FEEDBACK", "identifier"))
    if mapped:
        score = item.new("setOutcomeValue", identifier="SCORE")
        item.add(score, "mapResponse", identifier=RESPONSE)
    else:
        score = item.new("responseCondition")
        branch = item.add(score, "responseIf")
        match = item.add(branch, "match")
        item.add(match, "variable", identifier=RESPONSE)
        item.add(match, "correct", identifier=RESPONSE)
        _score(item, branch, FULL)
    told = item.new("setOutcomeValue", identifier="FEEDBACK")
    item.add(told, "variable", identifier=RESPONSE)
    item.rules += [score, told]


def _score(item: Making, branch: Node, credit: Decimal) -> None:
    value = item.add(branch, "setOutcomeValue", identifier="SCORE")
    item.add(value, "baseValue", trimmed(credit / 100, 7), baseType="float")


def order(item: Making, entry: Entry, parent: Node) -> None:
    content = entry["content"]
    rows = {_key(row, n): row["text"] for n, row in enumerate(content["items"], start=1)}
    name, _declared = item.response("identifier", "ordered", tuple(rows))
    places = {} if content.get("grading") == "exact" else {"class": PLACES}
    node = item.add(parent, "orderInteraction", responseIdentifier=name, shuffle="true", **places)
    for key in sorted(rows):
        item.add(node, "simpleChoice", rows[key], identifier=key)
    item.template = "match_correct"


def match(item: Making, entry: Entry, parent: Node) -> None:
    content = entry["content"]
    lefts = {row["id"]: _key(row, n) for n, row in enumerate(content["stems"], start=1)}
    taken = set(lefts.values())
    named = {row["id"]: _key(row, n) for n, row in enumerate(content["choices"], start=1)}
    rights = {key: f"c.{name}" if name in taken else name for key, name in named.items()}
    pairs = tuple(f"{lefts[row['id']]} {rights[row['match']]}" for row in content["stems"])
    name, declared = item.response("directedPair", "multiple", pairs)
    share = FULL / max(len(pairs), 1)
    item.mapping(declared, dict.fromkeys(pairs, share))
    most = str(len(pairs))
    node = item.add(parent, "matchInteraction", responseIdentifier=name, shuffle="true", maxAssociations=most)
    for rows, keys, times in ((content["stems"], lefts, "1"), (content["choices"], rights, most)):
        held = item.add(node, "simpleMatchSet")
        for row in rows:
            item.add(held, "simpleAssociableChoice", row["text"], identifier=keys[row["id"]], matchMax=times)
    item.template = "map_response"


def short(item: Making, entry: Entry, parent: Node) -> None:
    content = entry["content"]
    item.losses_of(entry, synonyms=_("Its synonyms stay behind."))
    if any("*" in row["text"] for row in content["answers"]):
        item.losses.part(item.entry, _("There * stands for itself, not for any letters."))
    _no_feedback(item, content["answers"])
    name = _typed(item, content["answers"], any_case=not content.get("case"))
    item.add(item.html(parent, "p"), "textEntryInteraction", responseIdentifier=name, expectedLength="40")
    item.template = "map_response"


def _typed(item: Making, answers: list[Entry], *, any_case: bool) -> str:
    """Declare what may be typed; returns the name of the answer."""
    worth = {row["text"]: percent(row.get("credit", 100)) for row in answers}
    name, declared = item.response("string", correct=(max(worth, key=worth.__getitem__),))
    item.mapping(declared, worth, any_case=any_case)
    return name


def numerical(item: Making, entry: Entry, parent: Node) -> None:
    content = entry["content"]
    item.losses_of(entry, units=_("Its units stay behind."))
    _no_feedback(item, content["answers"])
    rows = sorted(content["answers"], key=lambda row: -percent(row.get("credit", 100)))
    name, _declared = item.response("float", correct=(str(rows[0]["value"]),))
    item.add(item.html(parent, "p"), "textEntryInteraction", responseIdentifier=name, expectedLength="15")
    condition = item.new("responseCondition")
    for number, row in enumerate(content["answers"]):
        branch = item.add(condition, "responseElseIf" if number else "responseIf")
        width = str(row.get("tolerance") or 0)
        equal = item.add(branch, "equal", toleranceMode="absolute", tolerance=f"{width} {width}")
        item.add(equal, "variable", identifier=name)
        item.add(equal, "baseValue", str(row["value"]), baseType="float")
        _score(item, branch, percent(row.get("credit", 100)))
    item.rules.append(condition)


def _no_feedback(item: Making, rows: list[Entry]) -> None:
    if any(row.get("feedback") for row in rows):
        item.losses.part(item.entry, _("Feedback for what was typed stays behind."))


def gaps(item: Making, entry: Entry, parent: Node) -> None:
    content = entry["content"]
    known = {gap["id"]: gap for gap in content["gaps"]}
    last = item.html(parent, "p")
    for number, piece in enumerate(_GAP.split(content["text"])):
        if number % 2:
            _gap(item, known[piece], last)
            continue
        for n, line in enumerate(piece.split("\n")):
            if n:
                item.html(last, "br")
            _append(last, line)
    item.template = "map_response" if len(known) == 1 else ""
    if len(known) > 1:
        item.add_up()


def _append(parent: Node, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _gap(item: Making, gap: Entry, parent: Node) -> None:
    if gap["mode"] == "typed":
        name = _typed(item, gap["answers"], any_case=True)
        item.add(parent, "textEntryInteraction", responseIdentifier=name, expectedLength="15")
        return
    keys = {_key(row, n): row for n, row in enumerate(gap["options"], start=1)}
    right = tuple(key for key, row in keys.items() if row.get("correct"))
    name, declared = item.response("identifier", correct=right)
    item.mapping(declared, dict.fromkeys(right, FULL))
    node = item.add(parent, "inlineChoiceInteraction", responseIdentifier=name, shuffle="true")
    for key, row in keys.items():
        item.add(node, "inlineChoice", row["text"], identifier=key)


def essay(item: Making, entry: Entry, parent: Node) -> None:
    content = entry["content"]
    item.losses_of(entry, rubric=_("Its rubric stays behind."))
    if content.get("fewest") or content.get("most"):
        item.losses.part(item.entry, _("Its length stays behind."))
    name, _declared = item.response("string")
    item.add(parent, "extendedTextInteraction", responseIdentifier=name)
    _model(item, content, parent)


def upload(item: Making, entry: Entry, parent: Node) -> None:
    content = entry["content"]
    item.losses_of(entry, rubric=_("Its rubric stays behind."))
    if content.get("most_mb"):
        item.losses.part(item.entry, _("How large a file may be stays behind."))
    types = [_mime(ending) for ending in content.get("endings") or []]
    name, _declared = item.response("file")
    held = {"type": " ".join(types)} if types else {}
    item.add(parent, "uploadInteraction", responseIdentifier=name, **held)
    _model(item, content, parent)


def _mime(ending: str) -> str:
    return MIMES.get(ending) or mimetypes.guess_type(f"x.{ending}")[0] or "application/octet-stream"


def _model(item: Making, content: Entry, parent: Node) -> None:
    if content.get("model"):
        holder = item.holder(item.add(parent, "rubricBlock", view="scorer", use="scoring"))
        for line in content["model"].split("\n"):
            item.html(holder, "p", line)


def hotspot(item: Making, entry: Entry, parent: Node) -> None:
    content = entry["content"]
    areas = {_key(area, n): area for n, area in enumerate(content["areas"], start=1)}
    worth = {key: percent(area.get("credit", 100)) for key, area in areas.items()}
    best = tuple(key for key, credit in worth.items() if credit == max(worth.values()))[:1]
    name, declared = item.response("identifier", correct=best)
    item.mapping(declared, worth)
    node = item.add(parent, "hotspotInteraction", responseIdentifier=name, maxChoices="1")
    image = item.html(node, "img")
    size = {key: str(content[key]) for key in ("width", "height") if content.get(key)}
    for key, value in {"src": item.address(content["image"]), "alt": _("picture"), **size}.items():
        image.set(key, value)
    for key, area in areas.items():
        said = {"shape": area["shape"], "coords": ",".join(map(str, area["coords"]))}
        label = {"hotspotLabel": area["label"]} if area.get("label") else {}
        item.add(node, "hotspotChoice", identifier=key, **said, **label)
    item.template = "map_response"


WRITERS: dict[str, Callable[[Making, Entry, Node], None]] = {
    "single": choice,
    "multiple": choice,
    "best_reply": choice,
    "true_false": choice,
    "ordering": order,
    "matching": match,
    "short": short,
    "numerical": numerical,
    "gaps": gaps,
    "essay": essay,
    "upload": upload,
    "hotspot": hotspot,
}
