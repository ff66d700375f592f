"""HTML of other systems as Markdown: first cleaned of whatever could run, then translated."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdownify import MarkdownConverter

from assessments.exchange.parsed import unreadable
from assessments.exchange.texts import as_plain, seen

TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "div"),
    *("em", "strong", "b", "i", "s", "del", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "span", "sub"),
    "sup",
}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel", "media"}
PLACE = "@@PLUGINFILE@@/"  # how Moodle names a file that comes along
_RUNS = re.compile(r"<\s*(?:script|iframe|object|embed)\b|\son[a-z]+\s*=|(?:java|vb)script\s*:", re.IGNORECASE)
_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_IMAGE = re.compile(r"!\[((?:[^\]\\]|\\.)*)\]\(([^()\s]+)(?:\s+\"[^\"]*\")?\)")

# What a picture's address in a file stands for: "media:…", or "" when it is not there.
Pictures = Callable[[str], str]

_Library: Any = MarkdownConverter  # its published types lack what one overrides


class _Converter(_Library):
    """Markdown as our pages read it; a picture that is not there leaves its words."""

    class Options(_Library.DefaultOptions):
        heading_style = "atx"
        bullets = "-"
        escape_misc = True
        escape_underscores = False
        newline_style = "backslash"
        pictures: Any = staticmethod(lambda address: address)

    def escape(self, text: str, parent_tags: Any) -> str:
        """An underscore within a word means nothing to Markdown."""
        return _UNDERSCORE.sub(r"\\_", str(super().escape(text, parent_tags)))

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 - the library's signature
        words = " ".join(str(el.get("alt") or "").split())
        address = self.options["pictures"](unquote(str(el.get("src") or "")).removeprefix(PLACE))
        words = re.sub(r"([\\\[\]])", r"\\\1", words)
        return f"![{words or _('picture')}]({address})" if address else words

    def convert_sub(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 - the library's signature
        return text

    convert_sup = convert_sub


def runs_something(html: str) -> bool:
    """Whether the HTML tries to run a script or to bring in another page."""
    return bool(_RUNS.search(html))


def from_html(html: str, pictures: Pictures | None = None) -> str:
    """The HTML as Markdown; scripts, styles and unknown tags are gone. Pictures are what `pictures` makes of them."""
    if not html.strip():
        return ""
    named = _IMAGE_SOURCE.sub(_escaped_place, seen(html))
    clean = nh3.clean(named, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    options = {"pictures": pictures} if pictures else {}
    try:
        text = str(_Converter(**options).convert(f"<div>{clean}</div>"))
    except RecursionError as error:
        raise unreadable(_("The HTML is nested too deeply."), "nested") from error
    return tidy(text)


_IMAGE_SOURCE = re.compile(r"""(<img\b[^>]*?\ssrc\s*=\s*["'])([^"']*)""", re.IGNORECASE)


def _escaped_place(match: re.Match[str]) -> str:
    """Moodle's mark of a file as a plain relative address, which cleaning keeps."""
    return match[1] + match[2].removeprefix(PLACE)


def tidy(text: str) -> str:
    """Markdown without blanks that mean nothing."""
    lines = [line.rstrip() for line in text.replace("\xa0", " ").split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def line_of(html: str, pictures: Pictures | None = None) -> tuple[str, bool]:
    """The HTML as one plain text, and whether something of its look was lost."""
    return as_plain(from_html(html, pictures))


def to_html(markdown: str, address: Callable[[str], str]) -> str:
    """Markdown as XHTML for other systems; `address` says where the picture of a short name lies."""
    html: str = _renderer().render(with_addresses(markdown, address))
    return html.strip()


def with_addresses(markdown: str, address: Callable[[str], str]) -> str:
    """The text with the address of each `media:` picture replaced."""

    def replaced(match: re.Match[str]) -> str:
        scheme, _colon, short = match[2].partition(":")
        return f"![{match[1]}]({address(short)})" if scheme == "media" else match[0]

    return _IMAGE.sub(replaced, markdown)


def pictures_in(markdown: str) -> list[str]:
    """The short names of the pictures that the text shows."""
    return [address.removeprefix("media:") for _words, address in _IMAGE.findall(markdown) if address[:6] == "media:"]


def named_pictures(markdown: str, pictures: Pictures) -> str:
    """Markdown of another system, its pictures named as the library does; of one that is not there the words stay."""

    def replaced(match: re.Match[str]) -> str:
        if match[2].startswith("media:"):
            return match[0]
        address = pictures(unquote(match[2]).removeprefix(PLACE))
        return f"![{match[1] or _('picture')}]({address})" if address else match[1]

    return _IMAGE.sub(replaced, markdown)


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable(["table", "strikethrough"])


def quoted(name: str) -> str:
    """A file's name as an address in Markdown."""
    return quote(name)
