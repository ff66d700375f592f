"""Which files may be handed in: by what they are, not by what they are called."""

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
_ZIP = b"PK\x03\x04"
BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".pptx": _ZIP,
}
ACCEPTED = ",".join(BEGINNINGS)


def check_file(upload: "UploadedFile[Any]") -> None:
    """Refuse what is too large, empty, or not what its name says."""
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(_("A file has at most 10 MB."), field="file", code="file_too_large")
    beginning = BEGINNINGS.get(PurePath(upload.name or "").suffix.lower())
    upload.seek(0)
    found = upload.read(16)
    upload.seek(0)
    if beginning is None or not found.startswith(beginning):
        text = _("Add a PDF, Word, Excel or PowerPoint file, or a picture (PNG, JPEG).")
        raise Refused(text, field="file", code="file_of_wrong_kind")
