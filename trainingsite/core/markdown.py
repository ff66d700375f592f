"""Markdown that people write, as HTML that is safe to show: CommonMark, tables, and the callouts of our lessons."""

import html
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from trainingsite.core.registry import Registry

# Schemes of addresses that the app which keeps the pictures resolves: "media" of `media:0123456789ab`; "" is unknown.
ADDRESSES: Registry[Callable[[str], str]] = Registry("scheme of pictures")
CALLOUTS: dict[str, str | Promise] = {"tip": _("Tip"), "warning": _("Mind this"), "example": _("Example")}
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_MARKED = re.compile(r"[*_`#>|<&~\[\\]|^\s*(?:[-+]|\d+[.)])\s|:::", re.MULTILINE)
_FRAME = '<div class="k-table-frame" role="group" tabindex="0">'
_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "div", "span"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "rel", "target"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "div": {"role", "tabindex"},
}
_CLASSES = {
    "div": {"k-table-frame", "k-callout", *(f"k-callout-{kind}" for kind in CALLOUTS)},
    "p": {"k-callout-title"},
    "span": {"k-callout-kind"},
    **{cell: {"k-start", "k-center", "k-end"} for cell in ("th", "td")},
}
_SIDES = {"text-align:left": "k-start", "text-align:center": "k-center", "text-align:right": "k-end"}


def render(text: str) -> SafeString:
    """The text as safe HTML; raw HTML in it is shown as it was typed, `::: tip Title` … `:::` makes a callout."""
    return mark_safe(_render(text, get_language() or ""))  # noqa: S308 - cleaned by nh3


def plain(text: str) -> str:
    """The words alone, in one line, for lists and subjects; of a picture what it shows."""
    pictured = _PICTURE.sub(r"[\1]", text) if "![" in text else text
    if not _MARKED.search(pictured):
        return " ".join(pictured.split())
    return " ".join(html.unescape(nh3.clean(_render(pictured, ""), tags=set())).split())


@lru_cache(maxsize=512)
def _render(text: str, language: str) -> str:  # noqa: ARG001 - the names of callouts depend on it
    return nh3.clean(
        _parser().render(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    for kind in CALLOUTS:
        parser.use(container_plugin, name=kind, render=_callout)
    rules = {
        _heading: ("heading_open", "heading_close"),
        _link: ("link_open",),
        _image: ("image",),
        _table_open: ("table_open",),
        _table_close: ("table_close",),
        _cell: ("th_open", "td_open"),
    }
    for rule, names in rules.items():
        for name in names:
            parser.add_render_rule(name, rule)
    return parser


def _callout(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:  # noqa: ARG001
    token = tokens[index]
    if token.nesting < 0:
        return "</div>\n"
    kind, _space, title = token.info.strip().partition(" ")
    label = f'<span class="k-callout-kind">{escape(CALLOUTS[kind])}</span>'
    return (
        f'<div class="k-callout k-callout-{kind}" role="note"><p class="k-callout-title">{label} {escape(title)}</p>\n'
    )


def _heading(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """The page has its one h1 already."""
    if tokens[index].tag == "h1":
        tokens[index].tag = "h2"
    return renderer.renderToken(tokens, index, options, env)


def _link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A link to another host opens beside the lesson and tells that host nothing."""
    if _leads_away(str(tokens[index].attrGet("href"))):
        tokens[index].attrSet("rel", "noopener noreferrer")
        tokens[index].attrSet("target", "_blank")
    return renderer.renderToken(tokens, index, options, env)


def _image(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A picture comes when it is scrolled to; of one that is unknown the words are shown."""
    token = tokens[index]
    scheme, _colon, rest = str(token.attrGet("src")).partition(":")
    if scheme in ADDRESSES:
        token.attrSet("src", ADDRESSES[scheme](rest))
    if not token.attrGet("src"):
        return str(escape(token.content))
    token.attrSet("loading", "lazy")
    return renderer.image(tokens, index, options, env)


def _leads_away(address: str) -> bool:
    try:
        return bool(urlsplit(address).netloc)
    except ValueError:  # half an IPv6 address, as in http://[
        return True


def _table_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A wide table scrolls by itself on a phone, by keyboard too."""
    return _FRAME + renderer.renderToken(tokens, index, options, env)


def _table_close(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return renderer.renderToken(tokens, index, options, env) + "</div>\n"


def _cell(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Alignment is a class: the page's security policy is strict about style attributes."""
    if style := tokens[index].attrs.pop("style", None):
        tokens[index].attrSet("class", _SIDES[str(style)])
    return renderer.renderToken(tokens, index, options, env)
