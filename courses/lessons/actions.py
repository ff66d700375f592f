"""Give a unit its recording or its document."""

from django.db import transaction
from django.utils.translation import gettext as _

from courses.curriculum.drafts import require_editable
from courses.curriculum.models import Unit
from courses.lessons.models import Document, Recording, Source
from courses.media.models import Media, MediaKind
from courses.media.times import in_words
from trainingsite.core.errors import Refused

TOLERANCE = 2.0  # seconds by which a length that somebody typed may differ
LATE = 30  # seconds beyond the minutes of the unit that are rounded away
MINUTE = 60


@transaction.atomic
def attach_recording(
    unit: Unit,
    played: Media | str,
    *,
    stated: float | None = None,
    measured: float | None = None,
    watch_percent: int = 90,
    **words: str,
) -> Recording:
    """Let the unit play a file of the library, or what lies at an https address; a repeat changes nothing.

    `stated` is the length that the author gave, `measured` the one that the browser found at the address; `words` are
    `captions` and `transcript`. Refused when learners have the unit, when the recording is not as long as it says, or
    takes longer than the unit.
    """
    require_editable(unit)
    media = played if isinstance(played, Media) else None
    _refuse_unfit(unit, played)
    seconds = _real_length(media.seconds if media else measured, stated)
    _refuse_longer_than_the_unit(unit, seconds)
    source = {"source": Source.UPLOAD, "url": ""} if media else {"source": Source.URL, "url": played}
    facts = {**source, "media": media, "seconds": seconds, "watch_percent": watch_percent, **words}
    return Recording.objects.update_or_create(unit=unit, defaults=facts)[0]


@transaction.atomic
def attach_document(unit: Unit, media: Media) -> Document:
    """Let the unit show a PDF of the library; a repeat changes nothing."""
    require_editable(unit)
    if media.kind != MediaKind.DOCUMENT or not media.pages:
        raise Refused(_("“%(file)s” is no PDF.") % {"file": media}, field="file", code="wrong_kind")
    facts = {"media": media, "pages": media.pages}
    return Document.objects.update_or_create(unit=unit, defaults=facts)[0]


def _refuse_unfit(unit: Unit, played: Media | str) -> None:
    if isinstance(played, str) and not played.startswith("https://"):
        raise Refused(_("The address has to begin with https://."), field="url", code="not_https")
    if isinstance(played, Media) and played.kind != unit.kind:
        message = _("“%(file)s” does not fit this kind of unit.") % {"file": played}
        raise Refused(message, field="file", code="wrong_kind")


def _real_length(real: float | None, stated: float | None) -> float:
    if real and stated and abs(real - stated) > TOLERANCE:
        raise Refused(
            _("The recording is %(real)s long, not %(stated)s.") % {"real": in_words(real), "stated": in_words(stated)},
            field="length",
            code="longer_than_it_says" if real > stated else "shorter_than_it_says",
        )
    if not (length := real or stated):
        raise Refused(_("Say how long the recording is."), field="length", code="length_missing")
    return length


def _refuse_longer_than_the_unit(unit: Unit, seconds: float) -> None:
    if seconds > unit.minutes * MINUTE + LATE:
        raise Refused(
            _("The recording is %(real)s long; the unit says %(minutes)s minutes.")
            % {"real": in_words(seconds), "minutes": unit.minutes},
            field="minutes",
            code="longer_than_it_says",
        )
