"""A question of Moodle XML, and the texts in it."""

from collections.abc import Iterable
from decimal import Decimal

from assessments.exchange.choices import Weighted
from assessments.exchange.formats.gift.answers import number_of
from assessments.exchange.parsed import Parsed
from assessments.exchange.reading import Reading, decoded
from assessments.exchange.texts import as_markdown
from assessments.exchange.trees import Node, child, children, place_of, text_in, value


class MoodleQuestion(Reading):
    """The element, with the texts in it as ours."""

    def __init__(self, parsed: Parsed, node: Node) -> None:
        super().__init__(parsed, place_of(node), " ".join(value(node, "name", "text").split()))
        self.node = node

    def rich(self, name: str, _files: object = None) -> str:
        """A part of the question as Markdown."""
        return self.rich_of(child(self.node, name))

    def rich_of(self, node: Node | None) -> str:
        """The text of this element as Markdown, in whatever format it is."""
        if node is None:
            return ""
        raw, files = value(node, "text"), _files_of(node)
        style = node.get("format") or "moodle_auto_format"
        if style == "markdown":
            return self.markdown(raw, files)
        if style in {"plain_text", "plaintext"}:
            return as_markdown(raw)
        return super().rich(raw if style == "html" else raw.replace("\n", "<br>"), files)

    def line_of(self, node: Node | None) -> str:
        """The text of this element, plain."""
        return self.line(self.rich_of(node))

    def answers(self, *, plain: bool = False) -> list[Weighted]:
        """The answers with what they earn in percent; `plain` ones are taken letter by letter."""
        return [
            Weighted(
                value(node, "text") if plain else self.line_of(node),
                fraction_of(node),
                self.line_of(child(node, "feedback")),
            )
            for node in children(self.node, "answer")
        ]

    def flag(self, name: str) -> bool:
        return value(self.node, name).lower() in {"1", "true"}


def fraction_of(node: Node) -> Decimal:
    return number_of(node.get("fraction") or "0")


def _files_of(node: Node) -> dict[str, bytes]:
    """The files that came with a text, by the name that the text gives them."""
    found: Iterable[Node] = children(node, "file")
    return {
        f"{(file.get('path') or '/').strip('/')}/{file.get('name') or ''}".strip("/"): decoded(text_in(file))
        for file in found
    }


def megabytes(size: str) -> int:
    """Bytes as whole megabytes, at least one; 0 when nothing is said."""
    bytes_taken = int(number_of(size)) if size.isascii() and size.isdigit() else 0
    return max(1, round(bytes_taken / 2**20)) if bytes_taken else 0
