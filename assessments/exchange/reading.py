"""One question while it is read from XML: where it stands, what it is called, which files come with it."""

import base64
import binascii
from collections.abc import Mapping
from posixpath import normpath
from urllib.parse import unquote

from django.utils.translation import gettext as _

from assessments.exchange import markup
from assessments.exchange.parsed import Attachment, Draft, Entry, Parsed, Unmapped, without_empty
from assessments.exchange.texts import as_plain, short_name
from trainingsite.core.errors import Refused

PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
MOST_NAME = 300


class LeftOut(Exception):  # noqa: N818 - reads as what became of the question
    """The question has no counterpart; the message says why."""


class Reading:
    """A question that is being read; what is lost on the way is noted, each thing once."""

    def __init__(self, parsed: Parsed, place: str, name: str = "") -> None:
        self.parsed = parsed
        self.place = place
        self.name = name[:MOST_NAME]
        self.notes: list[str] = []

    def note(self, reason: str, *, when: object = True) -> None:
        if when and reason not in self.notes:
            self.notes.append(reason)

    def keep(self, entry: Entry) -> None:
        """The question is read."""
        self.name = self.name or short_name(entry["stem"])
        self.parsed.drafts.append(Draft(self.place, self.name, without_empty(entry)))
        self.parsed.unmapped += [Unmapped(self.place, self.name, note, whole=False) for note in self.notes]

    def leave_out(self, reason: str) -> None:
        self.parsed.unmapped.append(Unmapped(self.place, self.name, reason))

    def fail(self, refusal: Refused) -> None:
        place = f"{self.place} {self.name}".strip()
        self.parsed.fault(place, str(refusal.message))

    def rich(self, html: str, files: Mapping[str, bytes]) -> str:
        """HTML as Markdown; pictures among `files` come along."""
        self.note(_("Scripts were taken out."), when=markup.runs_something(html))
        return markup.from_html(html, lambda address: self.picture_in(address, files))

    def markdown(self, text: str, files: Mapping[str, bytes]) -> str:
        """Markdown with its pictures named as ours are."""
        return markup.tidy(markup.named_pictures(text, lambda address: self.picture_in(address, files)))

    def flat(self, markdown: str) -> str:
        """The text without its look."""
        plain, lost = as_plain(markdown)
        self.note(_("Pictures and the look of options stay behind."), when=lost)
        return plain

    def line(self, markdown: str) -> str:
        """The text without its look, on one line."""
        return " ".join(self.flat(markdown).split())

    def picture_in(self, address: str, files: Mapping[str, bytes]) -> str:
        """How our texts name the picture; "" when it is not there or no picture."""
        name = normpath(unquote(address)) if address else ""
        data = files.get(name)
        if data is None:
            self.note(_("The picture %(name)s did not come along.") % {"name": address[:100]}, when=address)
            return ""
        if not data.startswith(PICTURES):
            self.note(_("%(name)s is no PNG, JPEG, GIF or WebP.") % {"name": name[:100]})
            return ""
        return self.parsed.attach(Attachment(name.rpartition("/")[2], data))


def decoded(text: str) -> bytes:
    """The bytes of base64, which may be broken into lines."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(_("A file in it is not base64.")) from None
