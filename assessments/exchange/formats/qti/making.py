"""One item of QTI while it is written, in the names of its version."""

import re
from decimal import Decimal
from pathlib import PurePosixPath

from lxml import etree

from assessments.exchange import markup
from assessments.exchange.formats.qti.names import TEMPLATES, V2, V3, attribute_in, name_in
from assessments.exchange.losses import Losses, trimmed
from assessments.exchange.parsed import Attachment, Entry, FindFile
from assessments.exchange.texts import as_plain, seen, short_name
from assessments.exchange.trees import Node

RESPONSE = "RESPONSE"


class Making:
    """The item of one question: `body` is where it asks, `images` are the pictures it shows."""

    def __init__(self, entry: Entry, version: str, find: FindFile, losses: Losses) -> None:
        self.entry, self.version, self.find, self.losses = entry, version, find, losses
        self.space = V2 if version == "2.1" else V3
        self.images: dict[str, Attachment] = {}
        self.declared = 0
        self.root = self.new("assessmentItem", **self._head())
        self.body = self.new("itemBody")
        self.rules: list[Node] = []
        self.template = ""
        self.outcomes = [self.outcome("SCORE", "float")]
        self.declarations: list[Node] = []

    def _head(self) -> dict[str, str]:
        gaps = self.entry["kind"] == "gaps"
        name = as_plain(self.entry["stem"])[0] if gaps else short_name(self.entry["stem"])
        title = " ".join(name.split())
        return {"identifier": identifier(self.entry), "title": title, "adaptive": "false", "timeDependent": "false"}

    def new(self, name: str, text: str | None = None, **said: str) -> Node:
        """An element of QTI, named as the version does."""
        attributes = {attribute_in(self.version, key): seen(value) for key, value in said.items()}
        node: Node = etree.Element(
            f"{{{self.space}}}{name_in(self.version, name)}", attributes, nsmap={None: self.space}
        )
        if text is not None:
            node.text = seen(text)
        return node

    def add(self, parent: Node, name: str, text: str | None = None, **said: str) -> Node:
        node = self.new(name, text, **said)
        parent.append(node)
        return node

    def html(self, parent: Node, name: str, text: str | None = None) -> Node:
        """An element of HTML."""
        node: Node = etree.SubElement(parent, f"{{{self.space}}}{name}")
        if text is not None:
            node.text = seen(text)
        return node

    def markdown(self, parent: Node, text: str) -> None:
        """A text of ours as HTML at the end of `parent`."""
        html = markup.to_html(seen(text), self.address)
        try:
            block = etree.fromstring(f'<div xmlns="{self.space}">{html}</div>'.encode())
        except etree.XMLSyntaxError:
            self.html(parent, "p", as_plain(text)[0])
            return
        parent.extend(list(block))

    def address(self, short: str) -> str:
        file = self.find(short)
        if file is None:
            return short
        self.images[short] = file
        return image_name(short, file)

    def losses_of(self, entry: Entry, **parts: str) -> None:
        """Say what of the content stays behind, if it is there."""
        for name, reason in parts.items():
            if entry["content"].get(name):
                self.losses.part(self.entry, reason)

    def outcome(self, name: str, base: str, default: str = "") -> Node:
        node = self.new("outcomeDeclaration", identifier=name, cardinality="single", baseType=base)
        if default:
            self.add(self.add(node, "defaultValue"), "value", default)
        return node

    def response(self, base: str, cardinality: str = "single", correct: tuple[str, ...] = ()) -> tuple[str, Node]:
        """Declare a further answer; returns its name and the element."""
        self.declared += 1
        name = RESPONSE if self.declared == 1 else f"{RESPONSE}{self.declared}"
        node = self.new("responseDeclaration", identifier=name, cardinality=cardinality, baseType=base)
        if correct:
            held = self.add(node, "correctResponse")
            for value in correct:
                self.add(held, "value", value)
        self.declarations.append(node)
        return name, node

    def mapping(self, declaration: Node, worth: dict[str, Decimal], *, any_case: bool | None = None) -> None:
        """What each value earns, as a fraction of one."""
        node = self.add(declaration, "mapping", defaultValue="0", lowerBound="0", upperBound="1")
        case = {} if any_case is None else {"caseSensitive": "false" if any_case else "true"}
        for key, value in worth.items():
            self.add(node, "mapEntry", mapKey=key, mappedValue=trimmed(value / 100, 7), **case)

    def add_up(self) -> None:
        """The score is what all the answers earn together."""
        score = self.new("setOutcomeValue", identifier="SCORE")
        held = self.add(score, "sum")
        for node in self.declarations:
            self.add(held, "mapResponse", identifier=str(node.get("identifier")))
        self.rules.append(score)

    def holder(self, block: Node) -> Node:
        """Where the texts of a block stand: in QTI 3 in a body of its own."""
        return block if self.version == "2.1" else self.add(block, "contentBody")

    def ready(self) -> Node:
        """The item, its parts in the order that QTI wants."""
        self.root.extend([*self.declarations, *self.outcomes])
        self.root.append(self.body)
        rules = self.new("responseProcessing")
        if self.template and not self.rules:
            rules.set("template", TEMPLATES[self.version].format(self.template))
        rules.extend(self.rules)
        if self.template or self.rules:
            self.root.append(rules)
        if self.entry.get("explanation"):
            self._explain()
        return self.root

    def _explain(self) -> None:
        self.root.insert(
            len(self.declarations) + len(self.outcomes), self.outcome("EXPLANATION", "identifier", "explanation")
        )
        said = {"outcomeIdentifier": "EXPLANATION", "identifier": "explanation", "showHide": "show"}
        self.markdown(self.holder(self.add(self.root, "modalFeedback", **said)), self.entry["explanation"])


def image_name(short: str, file: Attachment) -> str:
    """Where a picture lies in the package."""
    ending = PurePosixPath(file.name).suffix.lower()
    return f"images/{short}{ending if re.fullmatch(r'[.][a-z0-9]{1,5}', ending) else ''}"


def identifier(entry: Entry) -> str:
    """The question's code as XML takes it."""
    code = re.sub(r"[^A-Za-z0-9_.-]", "-", str(entry.get("code") or "question"))
    return code if re.match(r"[A-Za-z_]", code) else f"_{code}"
