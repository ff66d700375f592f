"""A case as one item with several interactions."""

from django.utils.translation import gettext as _

from assessments.exchange.formats.qti.kinds import choice, match, order
from assessments.exchange.formats.qti.making import Making
from assessments.exchange.parsed import Entry

PARTS = {
    "single": choice,
    "multiple": choice,
    "true_false": choice,
    "best_reply": choice,
    "ordering": order,
    "matching": match,
}


def fits(entry: Entry) -> bool:
    """Whether every part is an interaction that can stand beside others."""
    parts = entry["content"].get("parts") or []
    return entry["kind"] == "case" and bool(parts) and all(part["kind"] in PARTS for part in parts)


def write(item: Making, entry: Entry) -> None:
    parts = entry["content"]["parts"]
    if any(part.get("explanation") or part.get("points", 1) != 1 for part in parts):
        item.losses.part(entry, _("Points and explanations of its parts stay behind."))
    for part in parts:
        PARTS[part["kind"]](item, part, item.body)
        node = item.body[-1]
        prompt = item.new("prompt")
        item.markdown(prompt, part["stem"])
        node.insert(0, prompt)
    item.template, item.rules = "", []
    item.add_up()
