"""Zip files that people upload: opened so that a bomb does not go off."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from assessments.exchange.parsed import unreadable

MAX_FILES = 6000
MAX_BYTES = 60 * 2**20
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error)
EPOCH = (2000, 1, 1, 0, 0, 0)  # the same questions make the same file


def files_in(data: bytes) -> dict[str, bytes]:
    """The files of the zip by their path; what is no zip, or claims to be more than it may, is refused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse_too_much(members)
            return {_path(member): _read(archive, member) for member in members}
    except (*BROKEN, ValueError, KeyError) as error:
        raise unreadable(_("This is not a zip file that can be opened."), "no_zip") from error


def _refuse_too_much(members: list[zipfile.ZipInfo]) -> None:
    """Sizes are those that the archive claims; reading stops at them."""
    if len(members) > MAX_FILES or sum(member.file_size for member in members) > MAX_BYTES:
        limits = {"files": MAX_FILES, "size": MAX_BYTES // 2**20}
        message = _("The zip holds too much: at most %(files)s files and %(size)s MB are taken.") % limits
        raise unreadable(message, "too_large")


def _path(member: zipfile.ZipInfo) -> str:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        message = _("The zip names a file outside of itself: %(name)s.") % {"name": member.filename[:100]}
        raise unreadable(message, "outside")
    return path.as_posix()


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        return file.read(member.file_size)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, the same bytes for the same files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
