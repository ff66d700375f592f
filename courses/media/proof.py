"""What a file really is: read from its content, never from its name."""

from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _
from pymediainfo import MediaInfo
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from courses.media.models import MediaKind
from courses.media.times import in_words
from trainingsite.core.errors import Refused

HEAD = 1024  # a PDF's signature stands somewhere in its first kilobyte
LARGEST_SIDE = 12_000  # pixels; a larger picture would stop a phone
SLACK = 1.0  # seconds by which the header of a recording and its tracks may differ

# What MediaInfo calls the format: our kind, its type on the web, its ending.
FORMATS = {
    "PNG": (MediaKind.IMAGE, "image/png", "png"),
    "JPEG": (MediaKind.IMAGE, "image/jpeg", "jpg"),
    "GIF": (MediaKind.IMAGE, "image/gif", "gif"),
    "WebP": (MediaKind.IMAGE, "image/webp", "webp"),
    "MPEG-4": (MediaKind.VIDEO, "video/mp4", "mp4"),
    "WebM": (MediaKind.VIDEO, "video/webm", "webm"),
    "MPEG Audio": (MediaKind.AUDIO, "audio/mpeg", "mp3"),
    "Wave": (MediaKind.AUDIO, "audio/wav", "wav"),
    "Ogg": (MediaKind.AUDIO, "audio/ogg", "ogg"),
    "FLAC": (MediaKind.AUDIO, "audio/flac", "flac"),
}
KNOWN = "PNG, JPEG, GIF, WebP, PDF, MP4, WebM, MP3, M4A, WAV, OGG, FLAC"
SOUND_ONLY = {"mp4": ("audio/mp4", "m4a"), "webm": ("audio/webm", "weba")}


@dataclass(frozen=True)
class Proof:
    """What was found in a file."""

    kind: MediaKind
    mime: str
    ending: str
    seconds: float | None = None
    pages: int | None = None


def prove(file: File[bytes]) -> Proof:
    """What `file` is; Refused with the reason when it is nothing that we show, or is broken."""
    file.seek(0)
    if b"%PDF-" in file.read(HEAD):
        return Proof(MediaKind.DOCUMENT, "application/pdf", "pdf", pages=_pages(file))
    tracks = _tracks(file)
    found = FORMATS.get(getattr(tracks.get("General"), "format", None) or "")
    if found is None:
        raise _refused(
            _("Whatever its name says, this is none of: %(formats)s.") % {"formats": KNOWN},
            "unknown_type",
        )
    kind, mime, ending = found
    if kind == MediaKind.IMAGE:
        return _picture(tracks, mime, ending)
    if ending == "webm":  # its tracks have no length of their own: the whole file has to be read
        tracks = _tracks(file, speed=1.0)
    return _recording(tracks, mime, ending)


def _tracks(file: File[bytes], speed: float = 0.5) -> dict[str, Any]:
    """What MediaInfo finds: the first track of each type, and the whole as "General"."""
    file.seek(0)
    tracks = MediaInfo.parse(file, parse_speed=speed).tracks
    return {track.track_type: track for track in reversed(tracks)}


def _refused(message: str, code: str) -> Refused:
    return Refused(message, field="file", code=code)


def _pages(file: File[bytes]) -> int:
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise _refused(_("This PDF is locked with a password; save it without one."), "locked")
        pages = len(reader.pages)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _refused(_("This PDF is damaged and cannot be opened."), "damaged") from error
    if pages == 0:
        raise _refused(_("This PDF has no page."), "damaged")
    return pages


def _picture(tracks: dict[str, Any], mime: str, ending: str) -> Proof:
    image = tracks.get("Image")
    sides = [int(getattr(image, side, None) or 0) for side in ("width", "height")]
    if not all(sides):
        raise _refused(_("This picture is damaged and cannot be shown."), "damaged")
    if max(sides) > LARGEST_SIDE:
        raise _refused(
            _("This picture is %(width)s × %(height)s pixels; %(most)s a side is the most.")
            % {"width": sides[0], "height": sides[1], "most": LARGEST_SIDE},
            "too_many_pixels",
        )
    return Proof(MediaKind.IMAGE, mime, ending)


def _recording(tracks: dict[str, Any], mime: str, ending: str) -> Proof:
    playing = [tracks[name] for name in ("Video", "Audio") if name in tracks]
    said = _seconds(tracks["General"])
    real = max((_seconds(track) for track in playing), default=0.0)
    if not playing or not (said or real):
        raise _refused(_("This recording is damaged: nothing in it can be played."), "damaged")
    if said and real and abs(real - said) > SLACK:
        raise _refused(
            _("This recording is not as long as it says: %(said)s by its header, %(real)s by what is in it.")
            % {"said": in_words(said), "real": in_words(real)},
            "longer_than_it_says" if real > said else "shorter_than_it_says",
        )
    kind = MediaKind.VIDEO if "Video" in tracks else MediaKind.AUDIO
    if kind == MediaKind.AUDIO:
        mime, ending = SOUND_ONLY.get(ending, (mime, ending))
    return Proof(kind, mime, ending, seconds=real or said)


def _seconds(track: Any) -> float:
    """MediaInfo tells milliseconds, as a number or a text; 0 when it tells none."""
    return float(track.duration or 0) / 1000
