"""Fields within a text: typed, chosen from a list, or filled with words that lie beside it."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from assessments.exchange.formats.qti import interactions
from assessments.exchange.formats.qti.item import Declaration, QtiItem, take_out
from assessments.exchange.losses import whole_credit
from assessments.exchange.parsed import Entry
from assessments.exchange.reading import LeftOut
from assessments.exchange.texts import as_markdown
from assessments.exchange.trees import Node, below, children, element, tag_of, text_in

INLINE = {"textentryinteraction", "inlinechoiceinteraction"}


def fields(item: QtiItem, found: Sequence[Node]) -> Entry:
    """A field that stands alone, or a text with gaps."""
    if _is_alone(item, found):
        question = interactions.entry(item, found[0])
        return {**question, "stem": item.stem(found[0])}
    return _in_text(item, found)


def _is_alone(item: QtiItem, found: Sequence[Node]) -> bool:
    """Whether the only field is typed and no words stand beside it."""
    if len(found) != 1 or tag_of(found[0]) != "textentryinteraction":
        return False
    parent = found[0].getparent()
    return parent is item.body or not text_in(parent).strip()


def _in_text(item: QtiItem, found: Sequence[Node]) -> Entry:
    """What stands before the first block with a field is the question, the rest is the text with gaps."""
    blocks = list(item.body)
    first = next((n for n, block in enumerate(blocks) if any(node in found for node in block.iter())), 0)
    rows = [_gap(item, str(number), node) for number, node in enumerate(found, start=1)]
    _number(found)
    head = element("div")
    head.extend(blocks[:first])
    text = item.flat(item.html(item.body))
    stem = item.html(head) or as_markdown(item.name)
    return {"kind": "gaps", "stem": stem, "content": {"text": text, "gaps": rows}}


def _number(found: Sequence[Node]) -> None:
    """In the text each field gives way to its number."""
    for number, node in enumerate(found, start=1):
        take_out(node, f"[[{number}]]")


def _gap(item: QtiItem, number: str, node: Node) -> Entry:
    declared = item.answered(node)
    if tag_of(node) == "textentryinteraction":
        rows = [{"text": each.text, "credit": whole_credit(each.weight)} for each in interactions.typed(declared)]
        return {"id": number, "mode": "typed", "answers": rows}
    best = max((declared.percent_of(each.get("identifier", "")) for each in children(node, "inlinechoice")), default=0)
    options = [
        {"id": key, "text": item.words(each), "correct": bool(best) and declared.percent_of(key) == best}
        for each in children(node, "inlinechoice")
        if (key := each.get("identifier", ""))
    ]
    return {"id": number, "mode": "chosen", "options": options}


def matched(item: QtiItem, node: Node) -> Entry:
    """Words that lie beside the text are chosen for each gap."""
    words, holes = item.words_of(node, "gaptext"), list(below(node, "gap"))
    right = _right_words(item.declared(node), holes, words)
    rows = [_offered(str(n), words, right[hole.get("identifier")]) for n, hole in enumerate(holes, start=1)]
    _number(holes)
    prompts = children(node, "prompt")
    told = "\n\n".join(item.html(prompt) for prompt in prompts)
    for each in [*children(node, "gaptext"), *children(node, "gapimg"), *prompts]:
        node.remove(each)
    text = item.flat(item.html(node))
    take_out(node)
    stem = "\n\n".join(part for part in (item.html(item.body), told) if part)
    return {"kind": "gaps", "stem": stem or as_markdown(item.name), "content": {"text": text, "gaps": rows}}


def _right_words(declared: Declaration, holes: Sequence[Node], words: Mapping[str, str]) -> dict[str, str]:
    """By the gap, the one word that is right in it."""
    right = {gap: word for word, gap in interactions.pairs_of(declared)}
    gaps = {hole.get("identifier") for hole in holes}
    if not words or gaps != set(right) or not set(right.values()) <= set(words):
        raise LeftOut(_("Here each gap has one right word; there it has several or none."))
    return right


def _offered(number: str, words: Mapping[str, str], right: str) -> Entry:
    options = [{"text": text, "correct": key == right} for key, text in words.items()]
    return {"id": number, "mode": "chosen", "options": options}
