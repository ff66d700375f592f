"""Recordings and documents in content packs: `video:`, `audio:` and `document:` of a unit."""

from typing import Any

from django.utils.translation import gettext as _

from courses.curriculum.models import Unit
from courses.lessons.actions import attach_document, attach_recording
from courses.lessons.kinds import AUDIO, DOCUMENT, VIDEO
from courses.lessons.models import Document, Recording
from courses.media.models import Media
from courses.packs.parts import UNIT_PARTS, Bag, UnitPart
from trainingsite.core.errors import Refused

WORDS = ("captions", "transcript")


def _media(part: dict[str, Any]) -> Media:
    """The file that the part names; the pack's files are kept before its units."""
    key = str(part.get("media") or "")
    found = Media.objects.filter(sha256__startswith=key).first() if key else None
    if found is None:
        raise Refused(_("There is no file %(name)s.") % {"name": key or "media"}, field="media", code="no_media")
    return found


def load_recording(unit: Unit, part: dict[str, Any]) -> None:
    """`media` (a file of the pack) or `url` with `seconds`; `watch_percent`, captions and transcript if wanted."""
    words: dict[str, Any] = {name: str(part[name]) for name in WORDS if part.get(name)}
    percent = part.get("watch_percent", 90)
    if not isinstance(percent, int) or not 1 <= percent <= 100:  # noqa: PLR2004 - percent
        raise Refused(_("A whole number from %(a)s to %(b)s is needed.") % {"a": 1, "b": 100}, field="watch_percent")
    played = str(part["url"]) if part.get("url") else _media(part)
    stated = float(part["seconds"]) if isinstance(part.get("seconds"), (int, float)) else None
    attach_recording(unit, played, stated=stated, watch_percent=percent, **words)


def dump_recording(unit: Unit, bag: Bag) -> dict[str, Any] | None:
    """What `load_recording` takes; None for a unit without a recording."""
    found = Recording.objects.filter(unit=unit).select_related("media").first()
    if found is None:
        return None
    where = {"media": bag.put(found.media)} if found.media else {"url": found.url, "seconds": found.seconds}
    words = {name: getattr(found, name) for name in WORDS if getattr(found, name)}
    return {**where, "watch_percent": found.watch_percent, **words}


def load_document(unit: Unit, part: dict[str, Any]) -> None:
    attach_document(unit, _media(part))


def dump_document(unit: Unit, bag: Bag) -> dict[str, Any] | None:
    found = Document.objects.filter(unit=unit).select_related("media").first()
    return {"media": bag.put(found.media)} if found else None


UNIT_PARTS.register(VIDEO, UnitPart(load_recording, lambda u, b: dump_recording(u, b) if u.kind == VIDEO else None))
UNIT_PARTS.register(AUDIO, UnitPart(load_recording, lambda u, b: dump_recording(u, b) if u.kind == AUDIO else None))
UNIT_PARTS.register(DOCUMENT, UnitPart(load_document, dump_document))
