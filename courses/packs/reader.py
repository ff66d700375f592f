"""Read a content pack from its files; what is wrong is told all at once, each with its file and place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courses.curriculum.articles import ARTICLE
from courses.curriculum.kinds import UNIT_KINDS
from courses.packs import schema
from courses.packs.files import ROOT, Files
from courses.packs.media import PackMedia
from courses.packs.parts import TOPIC_PARTS, UNIT_PARTS, WHOLE_PARTS, Problem
from courses.packs.plain_yaml import BROKEN, load
from courses.packs.schema import Key, Report
from trainingsite.core.errors import Refused


@dataclass(frozen=True)
class PackUnit:
    place: str
    slug: str
    kind: str
    fields: dict[str, Any]
    parts: dict[str, Any]


@dataclass(frozen=True)
class PackCourse:
    file: str
    code: str
    fields: dict[str, Any]
    units: list[PackUnit]
    needs: list[str] | None = None
    teaches: dict[str, int] | None = None


@dataclass(frozen=True)
class PackTopic:
    """`parts` maps the name of a file of the topic (without `.yaml`) to the list in it."""

    folder: str
    slug: str
    fields: dict[str, Any]
    parts: dict[str, list[Any]]
    courses: list[PackCourse]
    parent: str = ""


@dataclass(frozen=True)
class Pack:
    title: str
    version: str
    language: str
    topics: list[PackTopic] = field(default_factory=list)
    wholes: dict[str, list[Any]] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)


class PackRefused(Refused):
    """A pack that cannot be taken; `problems` says everything that is wrong, each with file and place."""

    def __init__(self, problems: list[Problem]) -> None:
        message = _("The content pack has %(n)s problems; nothing was changed.") % {"n": len(problems)}
        super().__init__(message, field="file", code="pack")
        self.problems = problems


def read_files(files: Files) -> Pack:
    """The pack that the files hold; raises PackRefused."""
    reader = _Reader(files)
    pack = reader.pack()
    if reader.report.problems or pack is None:
        raise PackRefused(reader.report.problems)
    return pack


class _Reader:
    """Goes through the files once and notes problems on the way."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.report = Report()
        self.media = PackMedia(files.media if isinstance(files, Files) else {})
        self.codes: dict[str, str] = {}

    def pack(self) -> Pack | None:
        head = self._yaml(ROOT)
        if not self.report.check(ROOT, "", head, schema.PACK):
            return None
        self._unique(ROOT, "topics", head["topics"])
        topics = [topic for folder in head["topics"] if (topic := self._topic(folder))]
        wholes = {name: content for name in WHOLE_PARTS if (content := self._list(f"{name}.yaml")) is not None}
        return Pack(head["title"], str(head["version"]), head["language"], topics, wholes, self.media.used)

    def _topic(self, folder: str) -> PackTopic | None:
        file = f"{folder}/topic.yaml"
        head = self._yaml(file)
        courses = [course for name in self._course_folders(folder) if (course := self._course(folder, name))]
        parts = dict(self._topic_parts(folder))
        if head is None or not self.report.check(file, "", head, schema.TOPIC):
            return None
        if head["slug"] != folder:
            self.report.add(file, "slug", _("It has to be the name of the folder, %(name)s.") % {"name": folder})
        fields = _given(head, "title", "summary", "icon", "translations", order="position")
        return PackTopic(folder, head["slug"], fields, parts, courses, head.get("parent") or "")

    def _course_folders(self, folder: str) -> list[str]:
        """Folders of the topic, in the order of their names."""
        below = (name.split("/") for name in self.files if name.startswith(f"{folder}/"))
        return sorted({parts[1] for parts in below if len(parts) > 2})  # noqa: PLR2004 - topic/course/file

    def _topic_parts(self, folder: str) -> Iterator[tuple[str, list[Any]]]:
        for name in sorted(self.files):
            part = name.removeprefix(f"{folder}/").removesuffix(".yaml")
            if name != f"{folder}/{part}.yaml" or "/" in part or part == "topic":
                continue
            if part not in TOPIC_PARTS:
                self.report.add(name, "", _("Nobody knows what to do with this file."))
            elif (content := self._list(name)) is not None:
                yield part, content

    def _list(self, name: str) -> list[Any] | None:
        """The list in the file; None when there is no such file, or no list in it."""
        content = self._yaml(name) if name in self.files else None
        if content is not None and not isinstance(content, list):
            self.report.add(name, "", _("A list is needed."))
            return None
        return content

    def _course(self, topic: str, name: str) -> PackCourse | None:
        file = f"{topic}/{name}/course.yaml"
        head = self._yaml(file)
        if head is None or not self.report.check(file, "", head, schema.COURSE):
            return None
        if head["code"] != name:
            self.report.add(file, "code", _("It has to be the name of the folder, %(name)s.") % {"name": name})
        if (other := self.codes.setdefault(head["code"], file)) != file:
            self.report.add(file, "code", _("%(file)s has the same code.") % {"file": other})
        units = [self._unit(file, number, unit) for number, unit in enumerate(head["units"], start=1)]
        if not units:
            self.report.add(file, "units", _("The course has no unit yet."))
        self._unique(file, "units.slug", [unit.slug for unit in units if unit])
        self._unique(file, "units.title", [unit.fields["title"] for unit in units if unit])
        fields = _given(head, "title", "summary", "level", "objectives", "methods", "translations")
        known = [unit for unit in units if unit]
        return PackCourse(file, head["code"], fields, known, head.get("prerequisites"), head.get("teaches"))

    def _unit(self, file: str, number: int, head: dict[str, Any]) -> PackUnit | None:
        place = f"units[{number}]"
        known = {name: Key(schema.any_mapping) for name in UNIT_PARTS}
        if not self.report.check(file, place, head, {**schema.UNIT, **known}):
            return None
        if head["kind"] not in UNIT_KINDS:
            self.report.add(file, f"{place}.kind", _("There is no unit kind “%(kind)s”.") % {"kind": head["kind"]})
        fields = _given(head, "title", "minutes", "translations", "kind")
        fields["position"] = number
        if (body := self._body(file, place, head)) is not None:
            fields["body"] = body
        parts = {name: self._with_media(file, place, name, part) for name, part in _given(head, *UNIT_PARTS).items()}
        return PackUnit(place, head["slug"], head["kind"], fields, parts)

    def _with_media(self, file: str, place: str, name: str, part: dict[str, Any]) -> dict[str, Any]:
        """The part, naming its file as the library will."""
        if "media" not in part:
            return part
        key = self.media.key_of(str(part["media"]), beside=file)
        if key is None:
            message = _("There is no file %(name)s.") % {"name": part["media"]}
            self.report.add(file, f"{place}.{name}.media", message)
        return {**part, "media": key or ""}

    def _body(self, file: str, place: str, head: dict[str, Any]) -> str | None:
        """The text that the unit's `file` names, which lies beside course.yaml."""
        if "file" not in head:
            if head["kind"] == ARTICLE:
                self.report.add(file, f"{place}.file", _("It is missing."))
            return None
        body = self.files.get(f"{file.rpartition('/')[0]}/{head['file']}")
        if body is None:
            self.report.add(file, f"{place}.file", _("There is no file %(name)s.") % {"name": head["file"]})
        elif not body.strip():
            self.report.add(file, f"{place}.file", _("%(name)s is empty.") % {"name": head["file"]})
        return body and self._with_pictures(body, f"{file.rpartition('/')[0]}/{head['file']}")

    def _with_pictures(self, body: str, file: str) -> str:
        """The text, naming its pictures as the library will; a missing one is a problem at its line."""
        text, missing = self.media.in_text(body, beside=file)
        for line, name in missing:
            place = _("line %(n)s") % {"n": line}
            self.report.add(file, place, _("There is no picture %(name)s.") % {"name": name})
        return text

    def _yaml(self, file: str) -> Any:
        if file not in self.files:
            self.report.add(file, "", _("This file is missing."))
            return None
        try:
            content = load(self.files[file])
        except BROKEN as error:
            mark = getattr(error, "problem_mark", None)
            place = _("line %(n)s") % {"n": mark.line + 1} if mark else ""
            self.report.add(file, place, _("This is not YAML: %(why)s.") % {"why": getattr(error, "problem", error)})
            return None
        if content is None:
            self.report.add(file, "", _("It is empty."))
        return content

    def _unique(self, file: str, place: str, values: list[str]) -> None:
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.report.add(file, place, _("“%(value)s” stands here twice.") % {"value": value})


def _given(head: dict[str, Any], *names: str, **renamed: str) -> dict[str, Any]:
    """What the mapping gives of these keys; `renamed` maps a key to the name of the field."""
    fields = {name: name for name in names} | renamed
    return {name: head[key] for key, name in fields.items() if head.get(key) is not None}
