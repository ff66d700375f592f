"""QTI calls the same things by two sets of names: `choiceInteraction` in 2.1, `qti-choice-interaction` in 3."""

import re

from lxml import etree

from assessments.exchange.trees import Node

HTML = {"p", "div", "span", "br", "img", "ul", "ol", "li", "table", "tr", "td", "th", "a", "em", "strong", "object"}
V2 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
V3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
TEMPLATES = {
    "2.1": "http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}",
    "3.0": "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{}.xml",
}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain_name(name: str) -> str:
    """The one name for both: choiceinteraction."""
    return name.removeprefix("qti-").replace("-", "").lower()


def with_plain_names(root: Node) -> Node:
    """The tree with all its elements and attributes renamed, without namespaces; objects that are pictures are img."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        node.tag = plain_name(etree.QName(node).localname)
        said = {plain_name(etree.QName(name).localname): value for name, value in node.attrib.items()}
        node.attrib.clear()
        node.attrib.update(said)
        if node.tag == "object" and node.get("type", "image/").startswith("image/"):
            node.tag = "img"
            node.set("src", node.get("data", ""))
            node.set("alt", "".join(node.itertext()))
    etree.cleanup_namespaces(root)
    return root


def name_in(version: str, name: str) -> str:
    """An element's name in this version."""
    return name if version == "2.1" else f"qti-{attribute_in(version, name)}"


def attribute_in(version: str, name: str) -> str:
    return name if version == "2.1" else _HUMP.sub("-", name).lower()
