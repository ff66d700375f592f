"""Where a content pack lies: a folder, or a zip that somebody uploaded."""

import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused

Files = dict[str, str]

ROOT = "pack.yaml"
TEXTS = {".yaml", ".md"}
MAX_UPLOAD = 5 * 2**20
MAX_FILES = 2000
MAX_BYTES = 20 * 2**20


def files_of_folder(folder: Path) -> Files:
    """The texts of a pack that lies in a folder."""
    if not (folder / ROOT).is_file():
        raise Refused(_("There is no pack.yaml in %(folder)s.") % {"folder": folder}, code="no_pack")
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in TEXTS and path.is_file())
    return {path.relative_to(folder).as_posix(): _text(path.name, path.read_bytes()) for path in found}


def files_of_zip(data: bytes) -> Files:
    """The texts of a pack in a zip; what is not a zip, or tries to be more than one, is refused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse_too_much(members)
            files = {_safe_name(m): _read(archive, m) for m in members if PurePosixPath(m.filename).suffix in TEXTS}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused(_("This is not a zip file that can be opened."), field="file", code="no_zip") from error
    return _below_root(files)


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


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    with archive.open(member) as file:
        return _text(member.filename, file.read(member.file_size))


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("%(name)s is not a text in UTF-8.") % {"name": name}
        raise Refused(message, field="file", code="no_text") from error


def _below_root(files: Files) -> Files:
    """The files as pack.yaml sees them: a zip may hold the pack in a folder."""
    roots = sorted((name for name in files if PurePosixPath(name).name == ROOT), key=lambda name: name.count("/"))
    if not roots:
        raise Refused(_("There is no pack.yaml in the zip."), field="file", code="no_pack")
    folder = roots[0].removesuffix(ROOT)
    return {name.removeprefix(folder): text for name, text in files.items() if name.startswith(folder)}
