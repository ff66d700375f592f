"""XML of other systems, read so that nothing in it is fetched, expanded or run."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from assessments.exchange.parsed import unreadable
from assessments.exchange.texts import seen, text_of

Node = Any  # an lxml element; its published types make every text a maze of Nones

DEEPEST = 200
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DEFINES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)


def tree_of(data: bytes) -> Node:
    """The root of the file; what defines entities or is no XML is refused with the line."""
    text = _DECLARATION.sub("", text_of(data), count=1)
    if _DEFINES.search(_HIDDEN.sub("", text)):
        raise unreadable(_("The file defines entities or names a DTD; that is not taken."), "entities")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(seen(text).encode(), parser)
    except etree.XMLSyntaxError as error:
        message = _("The XML near line %(line)s is not complete.") % {"line": error.lineno or 1}
        raise unreadable(message, "xml") from error
    if _depth(root) > DEEPEST:
        raise unreadable(_("The XML is nested too deeply."), "nested")
    return root


def _depth(root: Node) -> int:
    deepest = depth = 0
    for event, _node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def tag_of(node: Node) -> str:
    """The name of the element, without its namespace."""
    return str(etree.QName(node).localname) if isinstance(node.tag, str) else ""


def child(node: Node | None, *names: str) -> Node | None:
    """What one finds by going down these names, None where there is none."""
    for name in names:
        node = next((each for each in node if tag_of(each) == name), None) if node is not None else None
    return node


def children(node: Node | None, name: str) -> list[Node]:
    return [each for each in node if tag_of(each) == name] if node is not None else []


def below(node: Node, *names: str) -> Iterator[Node]:
    """Every element of these names below the node, in the order of the file."""
    return (each for each in node.iter() if each is not node and tag_of(each) in names)


def text_in(node: Node | None) -> str:
    """All text in the node, with that of the elements in it."""
    return "".join(node.itertext()) if node is not None else ""


def value(node: Node | None, *names: str) -> str:
    """The text at the end of the way, without blanks around it."""
    return text_in(child(node, *names)).strip()


def place_of(node: Node) -> str:
    return _("line %(n)s") % {"n": node.sourceline or 1}


def inner_html(node: Node) -> str:
    """What stands in the node, as HTML."""
    copy = deepcopy(node)
    copy.tail = None
    for each in copy.iter():
        if isinstance(each.tag, str):
            each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(copy)
    html = etree.tostring(copy, method="html", encoding="unicode")
    return html[html.index(">") + 1 : html.rindex("<")] if html.rstrip().endswith(">") and "</" in html else ""


def element(name: str, text: str | None = None, /, **attributes: str) -> Node:
    """A new element; an attribute `response_identifier` is called response-identifier by QTI's writer."""
    node = etree.Element(name, {key: seen(said) for key, said in attributes.items()})
    if text is not None:
        node.text = seen(text)
    return node


def add(parent: Node, name: str, text: str | None = None, /, **attributes: str) -> Node:
    """A new element at the end of `parent`."""
    node = element(name, text, **attributes)
    parent.append(node)
    return node


def bytes_of(root: Node) -> bytes:
    """The file: UTF-8, indented."""
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
