"""An item of QTI: what it declares, and the texts in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from posixpath import dirname, join, normpath

from django.utils.translation import gettext as _

from assessments.exchange.formats.gift.answers import number_of
from assessments.exchange.parsed import Parsed
from assessments.exchange.reading import LeftOut, Reading
from assessments.exchange.trees import Node, below, child, children, element, inner_html, tag_of, text_in

KNOWN_RULES = {
    *("setoutcomevalue", "mapresponse", "mapresponsepoint", "variable", "responsecondition", "responseif", "sum"),
    *("responseelse", "responseelseif", "match", "correct", "equal", "basevalue", "isnull", "not"),
}


@dataclass
class Declaration:
    """What is right: the values, and what each one earns where the item says so."""

    cardinality: str = "single"
    base: str = "identifier"
    correct: list[str] = field(default_factory=list)
    mapping: dict[str, Decimal] = field(default_factory=dict)
    any_case: bool = False
    areas: list[tuple[str, str, Decimal]] = field(default_factory=list)

    def percent_of(self, key: str) -> Decimal:
        """What a value earns, when the best one earns 100."""
        if self.mapping:
            return Decimal(100) * self.mapping.get(key, Decimal(0)) / (max(self.mapping.values()) or 1)
        return Decimal(100 if key in self.correct else 0)


class QtiItem(Reading):
    """The item, with the pictures of its package."""

    def __init__(self, parsed: Parsed, root: Node, path: str, files: Mapping[str, bytes]) -> None:
        super().__init__(parsed, path, " ".join((root.get("title") or root.get("identifier") or path).split()))
        self.root = root
        self.files = {_seen_from(path, name): data for name, data in files.items()}
        body = child(root, "itembody")
        if body is None:
            raise LeftOut(_("It asks nothing."))
        self.body = body
        self.declarations = {
            str(node.get("identifier")): _declaration(node) for node in children(root, "responsedeclaration")
        }

    def declared(self, interaction: Node) -> Declaration:
        return self.declarations.get(interaction.get("responseidentifier", ""), Declaration())

    def answered(self, interaction: Node) -> Declaration:
        """What it declares; an interaction of which nothing is right is left out."""
        declared = self.declared(interaction)
        if not declared.correct and not declared.mapping:
            raise LeftOut(_("It does not say which answer is right."))
        return declared

    def html(self, node: Node | None) -> str:
        """The element's content as Markdown."""
        return self.rich(inner_html(node), self.files) if node is not None else ""

    def words(self, node: Node | None) -> str:
        """The element's content as one plain line."""
        return self.line(self.html(node))

    def words_of(self, node: Node, name: str) -> dict[str, str]:
        """What each element of this name in the node says, by its identifier."""
        return {each.get("identifier", ""): self.words(each) for each in children(node, name)}

    def stem(self, *interactions: Node) -> str:
        """The body and the prompt, without what is to be answered."""
        prompts = [self.html(child(node, "prompt")) for node in interactions[:1]]
        for node in interactions:
            take_out(node)
        return "\n\n".join(text for text in [self.html(self.body), *prompts] if text)

    @property
    def rules(self) -> Node | None:
        return child(self.root, "responseprocessing")

    def uses(self, rule: str, template: str) -> bool:
        """Whether marking names this rule, by itself or through the standard template."""
        if self.rules is None:
            return False
        return template in (self.rules.get("template") or "") or any(True for _n in below(self.rules, rule))

    def note_rules(self) -> None:
        """Say so when marks are given by rules that we do not know."""
        found = (
            {tag_of(node) for node in self.rules.iter()} - {"responseprocessing", ""}
            if self.rules is not None
            else set()
        )
        self.note(_("It has rules of its own for marking; here what is right counts."), when=found - KNOWN_RULES)


def take_out(node: Node, instead: str = "") -> None:
    """Take an element out of its text; what follows it stays."""
    parent = node.getparent()
    if parent is None:
        return
    span = element("span", instead)
    span.tail = node.tail
    parent.replace(node, span)


def _declaration(node: Node) -> Declaration:
    correct = [text for value in children(child(node, "correctresponse"), "value") if (text := text_in(value).strip())]
    entries = children(child(node, "mapping"), "mapentry")
    areas = [
        (each.get("shape", ""), each.get("coords", ""), number_of(each.get("mappedvalue") or "0"))
        for each in children(child(node, "areamapping"), "areamapentry")
    ]
    return Declaration(
        cardinality=node.get("cardinality", "single"),
        base=node.get("basetype", "identifier"),
        correct=correct,
        mapping={each.get("mapkey", "").strip(): number_of(each.get("mappedvalue") or "0") for each in entries},
        any_case=any(each.get("casesensitive") == "false" for each in entries),
        areas=areas,
    )


def _seen_from(path: str, name: str) -> str:
    """How the item at `path` names the file `name`; files beside and below it, and of folders beside its own."""
    folder = dirname(path)
    if not folder:
        return name
    if name.startswith(f"{folder}/"):
        return name.removeprefix(f"{folder}/")
    return normpath(join("/".join([".."] * (folder.count("/") + 1)), name))
