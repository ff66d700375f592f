"""Where a content pack lies: a folder, or a zip that somebody uploaded."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused

ROOT = "pack.yaml"
TEXTS = {".yaml", ".md"}
MAX_UPLOAD = 30 * 2**20
MAX_FILES = 2000
MAX_BYTES = 60 * 2**20


class Files(dict[str, str]):
    """The texts of a pack by their path; `media` are its other files: pictures, recordings, documents."""

    def __init__(self, texts: Mapping[str, str] | None = None, media: Mapping[str, bytes] | None = None) -> None:
        super().__init__(texts or {})
        self.media = dict(media or {})


def files_of_folder(folder: Path) -> Files:
    """The files of a pack that lies in a folder."""
    if not (folder / ROOT).is_file():
        raise Refused(_("There is no pack.yaml in %(folder)s.") % {"folder": folder}, code="no_pack")
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return _sorted_out({name: path.read_bytes() for name, path in found.items()})


def files_of_zip(data: bytes) -> Files:
    """The files of a pack in a zip; what is not a zip, or tries to be more than one, is refused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse_too_much(members)
            files = {_safe_name(member): _read(archive, member) for member in members}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused(_("This is not a zip file that can be opened."), field="file", code="no_zip") from error
    return _sorted_out(_below_root(files))


def _sorted_out(files: Mapping[str, bytes]) -> Files:
    """Texts read as UTF-8, the others as they are."""
    texts = {name: _text(name, data) for name, data in files.items() if PurePosixPath(name).suffix in TEXTS}
    return Files(texts, {name: data for name, data in files.items() if name not in texts})


def _refuse_too_much(members: list[zipfile.ZipInfo]) -> None:
    """Sizes are those that the archive claims; reading stops at them."""
    if len(members) > MAX_FILES or sum(member.file_size for member in members) > MAX_BYTES:
        limits = {"files": MAX_FILES, "size": MAX_BYTES // 2**20}
        message = _("The zip holds too much: at most %(files)s files and %(size)s MB are taken.") % limits
        raise Refused(message, field="file", code="too_large")


def _safe_name(member: zipfile.ZipInfo) -> str:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
        message = _("The zip names a file outside of itself: %(name)s.") % {"name": member.filename}
        raise Refused(message, field="file", code="outside")
    return name.as_posix()


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        return file.read(member.file_size)


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("%(name)s is not a text in UTF-8.") % {"name": name}
        raise Refused(message, field="file", code="no_text") from error


def _below_root(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files as pack.yaml sees them: a zip may hold the pack in a folder."""
    roots = sorted((name for name in files if PurePosixPath(name).name == ROOT), key=lambda name: name.count("/"))
    if not roots:
        raise Refused(_("There is no pack.yaml in the zip."), field="file", code="no_pack")
    folder = roots[0].removesuffix(ROOT)
    return {name.removeprefix(folder): data for name, data in files.items() if name.startswith(folder)}
