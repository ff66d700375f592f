"""Pictures in Markdown, `![what is to be seen](media:0123456789ab)`, and what must not stand in a text."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache, reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from courses.media.models import SHORT, Media
from trainingsite.core.markdown import render

__all__ = ["address_of", "check", "problems", "references", "render"]

_SCRIPT = re.compile(r"<\s*/?\s*script\b", re.IGNORECASE)
_HANDLER = re.compile(r"<[a-z][^<>]*?[\s/\"'](on[a-z]+)\s*=", re.IGNORECASE)
_LINK = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|<|(?:href|src)\s*=\s*[\"']?)\s*((?:java|vb)script|data)\s*:", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b]")


def address_of(key: str) -> str:
    """Where the picture `media:key` is to be had; "" when this is no key."""
    try:
        return reverse("media-file", args=[key])
    except NoReverseMatch:
        return ""


def references(text: str) -> set[str]:
    """The keys of all files that the text shows."""
    return {address.removeprefix("media:") for _line, address, _alt in _images(text) if address.startswith("media:")}


def check(text: str) -> None:
    """Validator of a field: refuses scripts, pictures that are not there, and pictures without words."""
    if found := problems(text):
        raise ValidationError([ValidationError(problem, code="markdown") for problem in found])


def problems(text: str) -> list[str]:
    """Everything that must not stand in a text for learners, with the number of its line."""
    return [*_script_problems(text), *_picture_problems(text)]


def _script_problems(text: str) -> list[str]:
    plain = _without_code(text)
    lines = {number: _("scripts are not allowed in texts") for number in _lines_of(_SCRIPT, plain)}
    for number, found in _lines_of(_HANDLER, plain).items():
        lines.setdefault(number, _("“%(name)s=” would run a script, which is not allowed") % {"name": found})
    for number, found in _lines_of(_LINK, _decoded(plain)).items():
        lines.setdefault(number, _("links that start with “%(name)s:” are not allowed") % {"name": found})
    return [_in_line(number, said) for number, said in sorted(lines.items())]


def _picture_problems(text: str) -> Iterator[str]:
    images = list(_images(text))
    known = _known({address.removeprefix("media:") for _n, address, _alt in images if address.startswith("media:")})
    for number, address, alt in images:
        scheme, _colon, key = address.partition(":")
        if scheme == "media" and key not in known:
            yield _in_line(number, _("there is no picture “%(address)s”; insert it anew") % {"address": address})
        elif scheme in {"http", "https"} or address.startswith("//"):
            yield _in_line(number, _("pictures of other sites are not shown; upload it here"))
        if not alt.strip():
            yield _in_line(number, _("say in the square brackets what the picture shows, for those who cannot see it"))


def _known(keys: set[str]) -> set[str]:
    """Those of the keys that name a picture."""
    if not keys:
        return set()
    begins = reduce(or_, (Q(sha256__startswith=key) for key in keys))
    found = Media.objects.pictures().filter(begins).values_list("sha256", flat=True)
    return {digest[:SHORT] for digest in found}


def _in_line(number: int, said: str) -> str:
    return _("Line %(number)s: %(said)s.") % {"number": number, "said": said}


def _lines_of(pattern: re.Pattern[str], text: str) -> dict[int, str]:
    """Line numbers where the pattern occurs, each with what it caught first."""
    found: dict[int, str] = {}
    for match in pattern.finditer(text):
        caught = match.group(1) if pattern.groups else match.group()
        found.setdefault(text.count("\n", 0, match.start(1 if pattern.groups else 0)) + 1, caught.lower())
    return found


def _decoded(text: str) -> str:
    """Character references as browsers read them, and unseen characters gone; the lines stay as they are."""
    return "\n".join(_UNSEEN.sub("", html.unescape(line)).replace("\n", "") for line in text.split("\n"))


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table"])


def _without_code(text: str) -> str:
    """The text with its code blanked out: there, a script is an example."""
    lines = text.split("\n")
    for token in _reader().parse(text):
        if token.type in {"fence", "code_block"} and token.map:
            for number in range(token.map[0], min(token.map[1], len(lines))):
                lines[number] = ""
    return _CODE.sub(lambda match: "\n" * match.group().count("\n"), "\n".join(lines))


def _images(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, address and words of each picture."""
    for token in _reader().parse(text):
        for child in token.children or []:
            if child.type == "image":
                yield _line_of(token, child, text), str(child.attrGet("src")), child.content


def _line_of(block: Token, image: Token, text: str) -> int:
    first, last = block.map or (0, 1)
    lines = text.split("\n")[first:last]
    place = next((n for n, line in enumerate(lines) if str(image.attrGet("src")) in line), 0)
    return first + place + 1
