"""QTI 2.1, 2.2 and 3: single items, and packages of them."""

from collections.abc import Callable, Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from django.utils.translation import gettext as _

from assessments.exchange.archives import files_in
from assessments.exchange.formats.qti import gaps, interactions
from assessments.exchange.formats.qti.item import QtiItem, take_out
from assessments.exchange.formats.qti.names import with_plain_names
from assessments.exchange.parsed import Entry, Parsed, Unmapped, unreadable
from assessments.exchange.reading import LeftOut
from assessments.exchange.trees import Node, below, children, tag_of, tree_of
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused

ZIP = b"PK\x03\x04"
ITEM, TEST, MANIFEST, OLD = "assessmentitem", "assessmenttest", "imsmanifest.xml", "questestinterop"
SIMPLE: dict[str, Callable[[QtiItem, Node], Entry]] = {
    "choiceinteraction": interactions.choice,
    "orderinteraction": interactions.order,
    "matchinteraction": interactions.match,
    "associateinteraction": interactions.associate,
    "extendedtextinteraction": interactions.extended,
    "uploadinteraction": interactions.upload,
    "hotspotinteraction": interactions.hotspot,
    "selectpointinteraction": interactions.point,
}
PARTS = {"choiceinteraction", "orderinteraction", "matchinteraction", "associateinteraction"}


def read(data: bytes) -> Parsed:
    parsed = Parsed()
    if data.startswith(ZIP):
        _read_package(files_in(data), parsed)
        return parsed
    root = with_plain_names(tree_of(data))
    if tag_of(root) == OLD:
        raise unreadable(_("This is QTI 1.2; convert it to QTI 2.1 or 3 first."))
    if tag_of(root) != ITEM:
        raise unreadable(_("This is no item of QTI: it begins with <%(tag)s>.") % {"tag": tag_of(root)})
    _read_item(root, "", {}, parsed)
    return parsed


def _read_package(files: Mapping[str, bytes], parsed: Parsed) -> None:
    names = _named(files)
    for name in names:
        try:
            root = with_plain_names(tree_of(files[name]))
        except Refused as refusal:
            parsed.fault(name, str(refusal.message))
            continue
        if tag_of(root) == ITEM:
            _read_item(root, name, files, parsed)
        elif tag_of(root) == TEST:
            parsed.unmapped.append(Unmapped(name, root.get("title") or "", _("The test itself; make a quiz of them.")))
    if not parsed.drafts and not parsed.problems and not parsed.unmapped:
        raise unreadable(_("There is no item of QTI in the zip."))


def _named(files: Mapping[str, bytes]) -> list[str]:
    """The files that the manifest names, in its order; without one, every XML file."""
    found = next((name for name in sorted(files, key=len) if name.rpartition("/")[2] == MANIFEST), None)
    if found is None:
        return sorted(name for name in files if name.lower().endswith(".xml"))
    root, folder = with_plain_names(tree_of(files[found])), dirname(found)
    hrefs = [str(node.get("href") or "") for node in below(root, "resource")]
    paths = [normpath(join(folder, unquote(href))) for href in hrefs if href.lower().endswith(".xml")]
    return [path for path in dict.fromkeys(paths) if path in files]


def _read_item(root: Node, path: str, files: Mapping[str, bytes], parsed: Parsed) -> None:
    place = path or str(root.get("identifier") or "")[:200]
    try:
        item = QtiItem(parsed, root, path, files)
    except LeftOut as reason:
        parsed.unmapped.append(Unmapped(place, str(root.get("title") or ""), str(reason)))
        return
    except Refused as refusal:
        parsed.fault(place, str(refusal.message))
        return
    item.place = place
    try:
        item.keep(_entry(item))
    except LeftOut as reason:
        item.leave_out(str(reason))
    except Refused as refusal:
        item.fail(refusal)


def _entry(item: QtiItem) -> Entry:
    if any(True for _n in below(item.root, "templatedeclaration")):
        raise LeftOut(_("It makes its question from a template; such questions are not asked here."))
    explanation = _explanation(item)
    question = _question(item)
    item.note_rules()
    language = language_of(str(item.root.get("lang") or ""))
    facts = {"code": str(item.root.get("identifier") or "").lstrip("_"), "language": language}
    return {**facts, **question, "stem": question["stem"] or item.name, "explanation": explanation}


def language_of(tag: str) -> str:
    """Our name of a language: zh-TW is zh-hant, en-US is en; "" for what we do not have."""
    plain = tag.lower()
    if plain.startswith("zh"):
        return "zh-hant" if any(part in plain for part in ("hant", "tw", "hk", "mo")) else "zh-hans"
    return "en" if plain.partition("-")[0] == "en" else ""


def _explanation(item: QtiItem) -> str:
    """What is told after answering; all of it together, whatever the result."""
    found = [text for node in children(item.root, "modalfeedback") if (text := item.html(node))]
    item.note(_("Feedback that depends on the result has become one explanation."), when=len(found) > 1)
    for node in list(below(item.body, "feedbackblock")):
        item.note(_("Feedback within the text stays behind."))
        take_out(node)
    return "\n\n".join(found)


def _question(item: QtiItem) -> Entry:
    found = [node for node in item.body.iter() if tag_of(node).endswith("interaction")]
    tags = [tag_of(node) for node in found]
    names = set(tags)
    if not found:
        raise LeftOut(_("It asks nothing."))
    if names <= gaps.INLINE:
        return gaps.fields(item, found)
    if tags == ["gapmatchinteraction"]:
        return gaps.matched(item, found[0])
    if len(found) == 1 and tags[0] in SIMPLE:
        content = SIMPLE[tags[0]](item, found[0])
        return {**content, "stem": item.stem(found[0])}
    if names <= PARTS:
        return _case(item, found)
    unknown = listed(sorted(names - set(SIMPLE) - gaps.INLINE)) or listed(sorted(names))
    raise LeftOut(_("%(names)s has no counterpart here, at least not together.") % {"names": unknown[:200]})


def _case(item: QtiItem, found: list[Node]) -> Entry:
    """Several questions about one story."""
    parts = []
    for node in found:
        prompt = next(iter(children(node, "prompt")), None)
        stem = item.html(prompt)
        parts.append({**SIMPLE[tag_of(node)](item, node), "stem": stem or "…", "points": 1, "explanation": ""})
    for node in found[1:]:
        take_out(node)
    for prompt in children(found[0], "prompt"):
        prompt.getparent().remove(prompt)
    return {"kind": "case", "stem": item.stem(found[0]), "content": {"parts": parts}}
