"""Pictures, recordings and documents of a pack: named by their path in it, by their digest in the library."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from django.core.files.base import ContentFile

from courses.media.actions import store
from courses.media.models import SHORT
from courses.packs.parts import Problem
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

_IMAGE = re.compile(r"(!\[[^\]\n]*\]\()([^)\s]+)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
KEY = re.compile(rf"[0-9a-f]{{{SHORT}}}")


class PackMedia:
    """The files beside the texts; `used` are those that something in the pack names, by their path."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.used: dict[str, bytes] = {}

    def key_of(self, name: str, *, beside: str) -> str | None:
        """How the library will name the file; it lies beside the text or at the pack's root. None: there is no such."""
        if KEY.fullmatch(name):
            return name  # in the library already, which is looked up when the pack is taken
        folder = PurePosixPath(beside).parent
        for path in (str(folder / name), name):
            if path in self.files:
                self.used[path] = self.files[path]
                return hashlib.sha256(self.files[path]).hexdigest()[:SHORT]
        return None

    def in_text(self, text: str, *, beside: str) -> tuple[str, list[tuple[int, str]]]:
        """The text with the library's names of its pictures, and the line and name of those that are missing."""
        missing: list[tuple[int, str]] = []

        def renamed(match: re.Match[str]) -> str:
            name = match.group(2)
            if _ELSEWHERE.match(name):
                return match.group()
            key = self.key_of(name, beside=beside)
            if key is None:
                missing.append((text.count("\n", 0, match.start()) + 1, name))
            return f"{match.group(1)}media:{key}"

        return _IMAGE.sub(renamed, text), missing


def keep_media(files: Mapping[str, bytes], *, by: User | None) -> list[Problem]:
    """Put the files into the library, each once; returns what is wrong with those that are not taken."""
    problems = []
    for path, data in files.items():
        try:
            store(ContentFile(data, name=PurePosixPath(path).name), by=by)
        except Refused as refusal:
            problems.append(Problem("", str(refusal.message), path))
    return problems
