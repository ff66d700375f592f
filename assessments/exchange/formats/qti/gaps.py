"""Fields within a text: typed, chosen from a list, or filled with words that lie beside it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.exchange.formats.qti import interactions
from assessments.exchange.formats.qti.item import QtiItem, take_out
from assessments.exchange.losses import whole_credit
from assessments.exchange.parsed import Entry
from assessments.exchange.reading import LeftOut
from assessments.exchange.texts import as_markdown
from assessments.exchange.trees import Node, below, children, element, tag_of, text_in

INLINE = {"textentryinteraction", "inlinechoiceinteraction"}


def is_alone(item: QtiItem, found: Sequence[Node]) -> bool:
    """Whether the only field is typed and no words stand beside it."""
    parent = found[0].getparent()
    if len(found) != 1 or tag_of(found[0]) != "textentryinteraction" or parent is item.body:
        return len(found) == 1 and parent is item.body and tag_of(found[0]) == "textentryinteraction"
    return not text_in(parent).strip()


def alone(item: QtiItem, node: Node) -> Entry:
    question = interactions.entry(item, node)
    return {**question, "stem": item.stem(node)}


def in_text(item: QtiItem, found: Sequence[Node]) -> Entry:
    """What stands before the first block with a field is the question, the rest is the text with gaps."""
    blocks = list(item.body)
    first = next((n for n, block in enumerate(blocks) if any(node in found for node in block.iter())), 0)
    rows = [_gap(item, str(number), node) for number, node in enumerate(found, start=1)]
    for number, node in enumerate(found, start=1):
        take_out(node, f"[[{number}]]")
    head = element("div")
    head.extend(blocks[:first])
    text = item.flat(item.html(item.body))
    stem = item.html(head) or as_markdown(item.name)
    return {"kind": "gaps", "stem": stem, "content": {"text": text, "gaps": rows}}


def _gap(item: QtiItem, number: str, node: Node) -> Entry:
    declared = item.declared(node)
    if not declared.correct and not declared.mapping:
        raise LeftOut(_("It does not say which answer is right."))
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
    words = {each.get("identifier", ""): item.words(each) for each in children(node, "gaptext")}
    right = {gap: word for word, gap in interactions.pairs_of(item.declared(node))}
    holes = list(below(node, "gap"))
    if not words or {hole.get("identifier") for hole in holes} != set(right) or not set(right.values()) <= set(words):
        raise LeftOut(_("Here each gap has one right word; there it has several or none."))
    rows = [
        {
            "id": str(number),
            "mode": "chosen",
            "options": [{"text": text, "correct": key == right[hole.get("identifier")]} for key, text in words.items()],
        }
        for number, hole in enumerate(holes, start=1)
    ]
    for number, hole in enumerate(holes, start=1):
        take_out(hole, f"[[{number}]]")
    for each in [*children(node, "gaptext"), *children(node, "gapimg")]:
        node.remove(each)
    prompts = children(node, "prompt")
    told = "\n\n".join(item.html(prompt) for prompt in prompts)
    for prompt in prompts:
        node.remove(prompt)
    text = item.flat(item.html(node))
    take_out(node)
    stem = "\n\n".join(part for part in (item.html(item.body), told) if part)
    return {"kind": "gaps", "stem": stem or as_markdown(item.name), "content": {"text": text, "gaps": rows}}
