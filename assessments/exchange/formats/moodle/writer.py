"""Questions as Moodle XML."""

import base64
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from assessments.exchange import markup
from assessments.exchange.formats.moodle import kinds
from assessments.exchange.losses import Losses
from assessments.exchange.parsed import Entry, FindFile, Written
from assessments.exchange.texts import short_name
from assessments.exchange.trees import Node, add, bytes_of, element

WRITERS: dict[str, tuple[str, Callable[[Node, Entry, Losses], None]]] = {
    "single": ("multichoice", kinds.choice),
    "multiple": ("multichoice", kinds.choice),
    "best_reply": ("multichoice", kinds.choice),
    "true_false": ("truefalse", kinds.truth),
    "short": ("shortanswer", kinds.short),
    "numerical": ("numerical", kinds.numerical),
    "matching": ("matching", kinds.matching),
    "ordering": ("ordering", kinds.ordering),
    "essay": ("essay", kinds.essay),
    "upload": ("essay", kinds.upload),
    "gaps": ("cloze", kinds.nothing_more),
}


def write(entries: Sequence[Entry], find: FindFile) -> Written:
    losses, root, category = Losses(), element("quiz"), ""
    for entry in entries:
        if entry["kind"] not in WRITERS:
            losses.whole(entry, _("Moodle has no such kind of question."))
            continue
        if (said := entry.get("category") or "") != category:
            category = said
            shelf = add(root, "question", type="category")
            add(add(shelf, "category"), "text", f"$course$/top/{said}".rstrip("/"))
        root.append(_question(entry, find, losses))
    return Written(bytes_of(root), losses)


def _question(entry: Entry, find: FindFile, losses: Losses) -> Node:
    kind, rest = WRITERS[entry["kind"]]
    node = element("question", type=kind)
    add(add(node, "name"), "text", short_name(entry["stem"]))
    _text(node, "questiontext", kinds.with_answers(entry) if entry["kind"] == "gaps" else entry["stem"], find)
    _text(node, "generalfeedback", entry.get("explanation") or "", find)
    add(node, "defaultgrade", "1.0000000")
    add(node, "penalty", "0.3333333")
    add(node, "hidden", "0")
    add(node, "idnumber", entry.get("code") or "")
    rest(node, entry, losses)
    if entry.get("tags"):
        tags = add(node, "tags")
        for tag in entry["tags"]:
            add(add(tags, "tag"), "text", tag)
    losses.translations(entry)
    return node


def _text(parent: Node, name: str, text: str, find: FindFile) -> None:
    """Markdown, which Moodle reads too, with its pictures beside it."""
    node = add(parent, name, format="markdown")
    files = {short: file for short in markup.pictures_in(text) if (file := find(short))}
    names = {short: f"{short}-{file.name}" for short, file in files.items()}
    placed = markup.with_addresses(text, lambda short: f"{markup.PLACE}{markup.quoted(names.get(short, short))}")
    add(node, "text", placed)
    for short, file in files.items():
        data = base64.b64encode(file.data).decode()
        add(node, "file", data, name=names[short], path="/", encoding="base64")
