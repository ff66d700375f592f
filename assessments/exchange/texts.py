"""Bytes as text whatever their encoding, and plain text as Markdown and back."""

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assessments.exchange.parsed import MAX_BYTES, unreadable

BINARY = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile(r"([\\`*\[\]<>&~]|(?<!\w)_|_(?!\w))")
_LINE_START = re.compile(r"^(\s*)([#+-]|\d{1,9}[.)]|:{3,}|={2,})(?=\s|$|[=:-])", re.MULTILINE)


def refuse_size(size: int) -> None:
    """Say no to a file before it is read."""
    if size > MAX_BYTES:
        raise unreadable(_("The file is larger than %(n)s MB; split it.") % {"n": MAX_BYTES // 2**20}, "too_large")
    if not size:
        raise unreadable(_("The file is empty."), "empty")


def text_of(data: bytes) -> str:
    """The text in the file, which may be UTF-8, UTF-16 or, as older Chinese programs write, GBK."""
    refuse_size(len(data))
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text and not data.startswith(BINARY):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise unreadable(_("This is no text in UTF-8, UTF-16 or GBK."), "encoding")


def _encodings(data: bytes) -> list[str]:
    marked = [encoding for mark, encoding in MARKS.items() if data.startswith(mark)]
    if marked:
        return marked[:1]
    if b"\x00" in data[:4]:  # Latin letters of two bytes, without the mark
        return ["utf-16-be"] if data[:1] == b"\x00" else ["utf-16-le"]
    declared = _DECLARED.match(data[:400])
    said = [declared[1].decode().lower()] if declared else []
    return ["utf-8", *[name for name in said if name in CHARSETS], "gb18030"]


CHARSETS = {"gb2312", "gbk", "gb18030", "big5", "iso-8859-1", "windows-1252", "latin1", "us-ascii"}


def seen(text: str) -> str:
    """The text without what no file format can hold: control characters and halves of characters."""
    return _UNSEEN.sub("", text)


def key_of(text: str) -> str:
    """What makes two texts the same to a reader: without case, blanks, marks, and forms of width."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum()) or "".join(plain.split())


def as_markdown(text: str) -> str:
    """Plain text as Markdown that shows the same characters."""
    return _LINE_START.sub(_kept, _SPECIAL.sub(r"\\\1", text.strip()))


def _kept(match: re.Match[str]) -> str:
    """The mark that would begin a list or a heading, with a backslash where Markdown takes one."""
    blanks, mark = match.groups()
    return f"{blanks}{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"{blanks}\\{mark}"


def as_plain(markdown: str) -> tuple[str, bool]:
    """Markdown as plain text, and whether something was lost on the way: pictures, tables, emphasis."""
    tokens = _reader().parse(markdown)
    lines = [LINES[token.type](token) for token in tokens if token.type in LINES]
    inside = {child.type for token in tokens for child in token.children or []}
    blocks = {token.type for token in tokens}
    return "\n".join(lines).strip(), bool((inside - PLAIN_INSIDE) | (blocks - PLAIN_BLOCKS))


PLAIN_INSIDE = {"text", "text_special", "softbreak", "hardbreak"}
PLAIN_BLOCKS = {"paragraph_open", "paragraph_close", "inline"}


def _code(token: Token) -> str:
    return token.content.strip("\n")


def _inline(token: Token) -> str:
    return "".join(_plain(child) for child in token.children or [])


def _plain(token: Token) -> str:
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


# The blocks that hold words, and how each of them reads as plain text.
LINES: dict[str, Callable[[Token], str]] = {"fence": _code, "code_block": _code, "inline": _inline}


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def short_name(text: str, most: int = 60) -> str:
    """The beginning of a text, to name a question by."""
    plain = " ".join(as_plain(text)[0].split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
