"""Each interaction of QTI as a kind of question."""

import mimetypes
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.exchange.choices import FULL, Weighted, accepted, one_of, some_of, true_or_false
from assessments.exchange.formats.gift.answers import number_of
from assessments.exchange.formats.qti.item import Declaration, QtiItem, take_out
from assessments.exchange.losses import trimmed, whole_credit
from assessments.exchange.parsed import Entry
from assessments.exchange.reading import LeftOut
from assessments.exchange.trees import Node, below, child, children, tag_of, text_in

NUMBERS = {"float", "integer"}
PLACES = "grading-places"  # the class by which our own files say that each item in its place counts
OFFICE = "vnd.openxmlformats-officedocument"
ENDINGS = {
    f"application/{OFFICE}.spreadsheetml.sheet": "xlsx",
    f"application/{OFFICE}.wordprocessingml.document": "docx",
    f"application/{OFFICE}.presentationml.presentation": "pptx",
    "image/jpeg": "jpg",
    "application/zip": "zip",
}


def choice(item: QtiItem, node: Node) -> Entry:
    declared = item.answered(node)
    told = {each.get("identifier", ""): _feedback(item, each) for each in children(node, "simplechoice")}
    rows = item.words_of(node, "simplechoice")
    if set(rows) == {"true", "false"} and declared.cardinality == "single":
        right = declared.percent_of("true") > declared.percent_of("false")
        return true_or_false(right, {True: told["true"], False: told["false"]})
    mapped, several = _by_mapping(item, declared), declared.cardinality == "multiple"
    worth = _shares(declared, rows, mapped=mapped) if several else _worths(declared, rows, mapped=mapped)
    options = [Weighted(text, worth[key], told[key]) for key, text in rows.items()]
    entry, lost = some_of(options) if several else one_of(options, graded=mapped)
    item.note(lost, when=lost)
    for key, row in zip(rows, entry["content"]["options"], strict=True):
        row["id"] = key
    return entry


def _by_mapping(item: QtiItem, declared: Declaration) -> bool:
    """Whether the mapping gives the marks: it is all there is, or the rules name it."""
    return bool(declared.mapping) and (not declared.correct or item.uses("mapresponse", "map_response"))


def _worths(declared: Declaration, keys: Iterable[str], *, mapped: bool) -> dict[str, Decimal]:
    """What each option is worth, when one is chosen."""
    if mapped:
        return {key: declared.percent_of(key) for key in keys}
    return {key: FULL if key in declared.correct else Decimal(0) for key in keys}


def _shares(declared: Declaration, keys: Iterable[str], *, mapped: bool) -> dict[str, Decimal]:
    """What each option of several is worth, when all right ones together earn 100."""
    if mapped:
        whole = sum(value for value in declared.mapping.values() if value > 0) or Decimal(1)
        return {key: FULL * declared.mapping.get(key, Decimal(0)) / whole for key in keys}
    share = FULL / max(len(declared.correct), 1)
    return {key: share if key in declared.correct else -share for key in keys}


def _feedback(item: QtiItem, option: Node) -> str:
    """What stands in the option for who chose it; it is taken out of its words."""
    found = list(below(option, "feedbackinline"))
    told = " ".join(item.words(node) for node in found)
    for node in found:
        take_out(node)
    return told


def order(item: QtiItem, node: Node) -> Entry:
    right, rows = item.declared(node).correct, {n.get("identifier", ""): n for n in children(node, "simplechoice")}
    if sorted(right) != sorted(rows):
        raise LeftOut(_("It orders only some of its choices, or does not say the right order."))
    grading = "places" if PLACES in (node.get("class") or "").split() else "exact"
    items = [{"id": key, "text": item.words(rows[key])} for key in right]
    return {"kind": "ordering", "content": {"items": items, "grading": grading}}


def match(item: QtiItem, node: Node) -> Entry:
    sets = [item.words_of(one, "simpleassociablechoice") for one in children(node, "simplematchset")]
    if len(sets) != 2:  # noqa: PLR2004 - a pair
        raise LeftOut(_("Its two lists are not there."))
    pairs = pairs_of(item.declared(node))
    ways = ((sets[0], sets[1], pairs), (sets[1], sets[0], [(right, left) for left, right in pairs]))
    found = next((way for way in ways if _one_each(*way)), None)
    if found is None:
        raise LeftOut(_("Here each item on the left has one partner; there it has several or none."))
    item.note(_("Here all pairs count alike."), when=len(set(item.declared(node).mapping.values())) > 1)
    lefts, rights, partner = found[0], found[1], dict(found[2])
    stems = [{"id": key, "text": text, "match": partner[key]} for key, text in lefts.items()]
    return {"kind": "matching", "content": {"stems": stems, "choices": _rows(rights)}}


def _one_each(lefts: Iterable[str], rights: Iterable[str], pairs: list[tuple[str, str]]) -> bool:
    """Whether each item on the left has one partner, which stands on the right."""
    return sorted(left for left, _right in pairs) == sorted(lefts) and {right for _l, right in pairs} <= set(rights)


def associate(item: QtiItem, node: Node) -> Entry:
    """Pairs out of one list: the first of each pair is asked for, all others are offered."""
    words = item.words_of(node, "simpleassociablechoice")
    pairs = pairs_of(item.declared(node))
    used = [key for pair in pairs for key in pair]
    if not pairs or len(set(used)) != len(used) or not set(used) <= set(words):
        raise LeftOut(_("Here each item on the left has one partner; there it has several or none."))
    item.note(_("Its one list of things to pair has become two."))
    lefts = dict(pairs)
    stems = [{"id": left, "text": words[left], "match": right} for left, right in pairs]
    rest = {key: text for key, text in words.items() if key not in lefts}
    return {"kind": "matching", "content": {"stems": stems, "choices": _rows(rest)}}


def pairs_of(declared: Declaration) -> list[tuple[str, str]]:
    """The right pairs, also where only the mapping tells them."""
    told = declared.correct or [key for key, value in declared.mapping.items() if value > 0]
    return [(parts[0], parts[1]) for text in told if len(parts := text.split()) == 2]  # noqa: PLR2004 - a pair


def _rows(words: dict[str, str]) -> list[Entry]:
    return [{"id": key, "text": text} for key, text in words.items()]


def entry(item: QtiItem, node: Node) -> Entry:
    """A field that stands alone: a number or a short answer."""
    declared = item.declared(node)
    if declared.base in NUMBERS:
        rows = _by_rules(item, declared) or [_number(key, "0", FULL) for key in declared.correct]
        rows = rows or [_number(key, "0", declared.percent_of(key)) for key in declared.mapping]
        if not rows:
            raise LeftOut(_("It does not say which answer is right."))
        return {"kind": "numerical", "content": {"answers": rows, "units": [], "unit": "none"}}
    answers = typed(declared)
    if not answers:
        raise LeftOut(_("It does not say which answer is right."))
    return accepted(answers, case=not declared.any_case)


def typed(declared: Declaration) -> list[Weighted]:
    """What may be typed."""
    keys = dict.fromkeys([*declared.mapping, *(() if declared.mapping else declared.correct)])
    return [Weighted(key, worth) for key in keys if (worth := declared.percent_of(key)) > 0]


def _number(value: str, tolerance: str, credit: Decimal) -> Entry:
    figure, width = trimmed(number_of(value), 10), trimmed(abs(number_of(tolerance)), 10)
    return {"value": figure, "tolerance": width, "credit": whole_credit(credit)}


def _by_rules(item: QtiItem, declared: Declaration) -> list[Entry]:
    """Numbers with their tolerance, as `equal` in the rules gives them."""
    rows: list[Entry] = []
    for equal in below(item.rules, "equal") if item.rules is not None else ():
        branch = equal.getparent()
        value = text_in(child(equal, "basevalue")) or next(iter(declared.correct), "")
        score = text_in(child(branch, "setoutcomevalue", "basevalue")) or "1"
        widths = (equal.get("tolerance") or "0").split() if equal.get("tolerancemode") == "absolute" else ["0"]
        item.note(_("Only a tolerance that is absolute is kept."), when=equal.get("tolerancemode") == "relative")
        item.note(_("Here a number may be as much larger as smaller."), when=len(set(widths)) > 1)
        if value and tag_of(branch) in {"responseif", "responseelseif"}:
            rows.append(_number(value, widths[0] if widths else "0", number_of(score) * 100))
    return rows


def extended(item: QtiItem, node: Node) -> Entry:  # noqa: ARG001 - as the others
    model = model_of(item)
    return {"kind": "essay", "content": {"model": model} if model else {}}


def model_of(item: QtiItem) -> str:
    """What is told to those who mark, taken out of the body."""
    found = [node for node in below(item.root, "rubricblock") if "scorer" in (node.get("view") or "")]
    told = "\n".join(item.flat(item.html(node)) for node in found)
    for node in found:
        take_out(node)
    return told


def upload(item: QtiItem, node: Node) -> Entry:
    types = (node.get("type") or "").split()
    found = [ENDINGS.get(each) or (mimetypes.guess_extension(each, strict=False) or "").strip(".") for each in types]
    item.note(_("Some file types stay behind; name the endings yourself."), when=not all(found))
    model = model_of(item)
    return {"kind": "upload", "content": {"endings": [e for e in found if e], **({"model": model} if model else {})}}


def hotspot(item: QtiItem, node: Node) -> Entry:
    declared = item.declared(node)
    areas = [
        {
            "id": each.get("identifier", ""),
            **_area(each.get("shape", ""), each.get("coords", "")),
            "label": each.get("hotspotlabel", ""),
            "credit": whole_credit(declared.percent_of(each.get("identifier", ""))),
        }
        for each in children(node, "hotspotchoice")
    ]
    item.note(_("One place is clicked here; there it may be several."), when=declared.cardinality != "single")
    return {"kind": "hotspot", "content": {**_picture(item, node), "areas": areas}}


def point(item: QtiItem, node: Node) -> Entry:
    declared = item.declared(node)
    best = max((worth for _s, _c, worth in declared.areas), default=Decimal(0)) or Decimal(1)
    areas = [
        {"id": f"area{n}", **_area(shape, coords), "label": "", "credit": whole_credit(FULL * worth / best)}
        for n, (shape, coords, worth) in enumerate(declared.areas, start=1)
    ]
    if not areas:
        raise LeftOut(_("It does not say which place is right."))
    return {"kind": "hotspot", "content": {**_picture(item, node), "areas": areas}}


def _area(shape: str, coords: str) -> Entry:
    if shape not in {"rect", "circle", "poly"}:
        raise LeftOut(_("An area of the shape %(shape)s has no counterpart here.") % {"shape": shape[:20] or "?"})
    return {"shape": shape, "coords": [int(number_of(part)) for part in coords.replace(" ", ",").split(",") if part]}


def _picture(item: QtiItem, node: Node) -> Entry:
    image = next(below(node, "img"), None)
    where = item.picture_in(image.get("src", ""), item.files) if image is not None else ""
    if image is None or not where:
        raise LeftOut(_("Its picture did not come along."))
    size = {name: int(number_of(image.get(name) or "0")) for name in ("width", "height")}
    return {"image": where.removeprefix("media:"), **size}
