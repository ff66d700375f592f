"""Keep an uploaded file, and say where it is to be had."""

import hashlib
from collections.abc import Collection
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.media.models import SHORT, Media, MediaKind, library
from courses.media.proof import Proof, prove
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

MB = 1024 * 1024


def store(upload: File[bytes], *, by: User | None, kinds: Collection[str] = MediaKind.values) -> Media:
    """Keep the file and return it; the same file again is the one kept before. Refused says what is wrong with it.

    `kinds` names what is wanted at this place.
    """
    size = upload.size or 0
    if not size:
        raise Refused(_("This file is empty."), field="file", code="empty")
    _refuse_too_large(size, max(settings.UPLOAD_LIMITS_MB[kind] for kind in kinds if kind in settings.UPLOAD_LIMITS_MB))
    proof = prove(upload)
    if proof.kind not in kinds:
        wanted = _(" or ").join(str(MediaKind(kind).label) for kind in kinds)
        raise Refused(
            _("This file is of the kind “%(found)s”; wanted is: %(wanted)s.")
            % {"found": proof.kind.label, "wanted": wanted},
            field="file",
            code="wrong_kind",
        )
    _refuse_too_large(size, settings.UPLOAD_LIMITS_MB[proof.kind])
    return _kept(upload, proof, by)


def media_url(media: Media) -> str:
    """Where the file is to be had by those who may see it, in pieces too."""
    return reverse("media-file", args=[media.short])


@transaction.atomic
def _kept(upload: File[bytes], proof: Proof, by: User | None) -> Media:
    digest = _digest(upload)
    if (known := Media.objects.filter(sha256=digest).first()) is not None and library().exists(known.path):
        return known
    upload.seek(0)
    path = library().save(f"{digest[:2]}/{digest}.{proof.ending}", upload)
    found = {"kind": proof.kind, "mime": proof.mime, "seconds": proof.seconds, "pages": proof.pages}
    name = PurePath(upload.name or "").name[-200:] or f"{digest[:SHORT]}.{proof.ending}"
    facts = {"file": path, "name": name, "size": upload.size, "uploaded_by": by, **found}
    return Media.objects.get_or_create(sha256=digest, defaults=facts)[0]


def _digest(upload: File[bytes]) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for piece in upload.chunks():
        digest.update(piece)
    return digest.hexdigest()


def _refuse_too_large(size: int, most: int) -> None:
    if size > most * MB:
        raise Refused(
            _("This file has %(size)s MB; %(most)s MB is the most.") % {"size": round(size / MB, 1), "most": most},
            field="file",
            code="too_large",
        )
