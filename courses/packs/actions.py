"""Take a content pack: all or nothing, the same pack twice changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet

from courses.curriculum.models import Course, CourseStatus, Unit
from courses.curriculum.publishing import problems_of
from courses.packs.files import files_of_folder, files_of_zip
from courses.packs.parts import TOPIC_PARTS, UNIT_PARTS, Problem
from courses.packs.reader import Pack, PackCourse, PackRefused, PackTopic, PackUnit, read_files
from courses.topics.models import Topic
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

M = TypeVar("M", Topic, Course, Unit)
_LOCK = 4_710_203  # one pack at a time


@dataclass
class Counts:
    """Titles of the rows of one kind that were new and changed, and how many were as the pack has them."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass
class PackOutcome:
    """What a pack did, or would do; `extra` are units that the pack does not know, which stay."""

    topics: Counts = field(default_factory=Counts)
    courses: Counts = field(default_factory=Counts)
    units: Counts = field(default_factory=Counts)
    extra: list[str] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        return any(counts.created or counts.changed for counts in (self.topics, self.courses, self.units))


def read_pack(path: Path) -> Pack:
    """The pack in a folder or a zip; raises PackRefused with everything that is wrong."""
    return read_files(files_of_folder(path) if path.is_dir() else files_of_zip(path.read_bytes()))


def preview_pack(pack: Pack, *, by: User | None, at: datetime) -> PackOutcome:
    """What the pack would do: it is taken as a whole, looked at, and taken back."""
    with transaction.atomic():
        outcome = apply_pack(pack, by=by, at=at)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def apply_pack(pack: Pack, *, by: User | None, at: datetime) -> PackOutcome:
    """Bring topics, courses and units to what the pack says, publish the new courses, hand parts to their apps.

    Raises PackRefused with every problem, and then nothing is changed. Courses and units that the pack does not know
    stay as they are; a course that somebody retired stays retired.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    outcome = PackOutcome()
    topics = _put(Topic, "slug", [(t.slug, t.fields) for t in pack.topics], outcome.topics, created_at=at)
    problems = [problem for topic in pack.topics for problem in _hand_topic_parts(topics[topic.slug], topic)]
    if problems:
        raise PackRefused(problems)
    courses, new = _put_courses(pack, topics, outcome, owner=by, created_at=at)
    problems = _put_units(pack, courses, outcome, at)
    _publish([courses[code] for code in new])
    problems += [problem for code in new for problem in _not_ready(pack, courses[code])]
    if problems:
        raise PackRefused(problems)
    return outcome


def _put_courses(
    pack: Pack, topics: dict[str, Topic], outcome: PackOutcome, **given_new: Any
) -> tuple[dict[str, Course], list[str]]:
    """The courses of the pack by code, and the codes of the new ones."""
    rows = [
        (course.code, {**course.fields, "topic_id": topics[topic.slug].pk, "language": pack.language})
        for topic in pack.topics
        for course in topic.courses
    ]
    known = set(Course.objects.filter(code__in=[code for code, _fields in rows]).values_list("code", flat=True))
    new = [code for code, _fields in rows if code not in known]
    return _put(Course, "code", rows, outcome.courses, **given_new), new


def _put_units(pack: Pack, courses: dict[str, Course], outcome: PackOutcome, at: datetime) -> list[Problem]:
    """Write the units and hand their parts to the apps that own them."""
    found = _units_of(courses.values())
    rows = [(courses[c.code], c, unit) for topic in pack.topics for c in topic.courses for unit in c.units]
    wanted = [((course.pk, unit.slug), unit.fields) for course, _c, unit in rows]
    units = _sorted_out(
        Unit, found, wanted, outcome.units, lambda key: {"course_id": key[0], "slug": key[1], "created_at": at}
    )
    known = {key for key, _fields in wanted}
    outcome.extra += [str(unit) for key, unit in found.items() if key not in known]
    return _hand_unit_parts(rows, units)


def _hand_unit_parts(rows: Sequence[tuple[Course, PackCourse, PackUnit]], units: dict[Any, Unit]) -> list[Problem]:
    """Every problem that the apps have with their parts of units."""
    problems = []
    for course, packed, unit in rows:
        for name, part in unit.parts.items():
            try:
                UNIT_PARTS[name](units[course.pk, unit.slug], part)
            except Refused as refusal:
                problems.append(Problem(f"{unit.place}.{name}", str(refusal.message), packed.file))
    return problems


def _units_of(courses: Iterable[Course]) -> dict[Any, Unit]:
    units = Unit.objects.in_use().filter(course__in=[course.pk for course in courses])
    return {(unit.course_id, unit.slug): unit for unit in units}


def _put(
    model: type[M], key: str, rows: Sequence[tuple[str, dict[str, Any]]], counts: Counts, **given_new: Any
) -> dict[str, M]:
    """Rows of the model by their key, made or changed as `rows` say; `given_new` is for those that are made."""
    keys = [value for value, _fields in rows]
    found = {getattr(row, key): row for row in _all(model).filter(**{f"{key}__in": keys})}
    return _sorted_out(model, found, rows, counts, lambda value: {key: value, **given_new})


def _sorted_out(
    model: type[M], found: dict[Any, M], rows: Sequence[tuple[Any, dict[str, Any]]], counts: Counts, identity: Any
) -> dict[Any, M]:
    """Create what is not found and change what differs, each in one statement."""
    created, changed, names = [], [], set()
    for key, fields in rows:
        if key not in found:
            found[key] = model(**identity(key), **fields)
            created.append(found[key])
        elif differing := [name for name, value in fields.items() if getattr(found[key], name) != value]:
            for name in differing:
                setattr(found[key], name, fields[name])
            changed.append(found[key])
            names |= set(differing)
    _all(model).bulk_create(created)
    if changed:
        _all(model).bulk_update(changed, sorted(names))
    counts.created, counts.changed = [row.title for row in created], [row.title for row in changed]
    counts.unchanged = len(rows) - len(created) - len(changed)
    return found


def _all(model: type[M]) -> QuerySet[M]:
    return QuerySet(model)


def _hand_topic_parts(topic: Topic, packed: PackTopic) -> list[Problem]:
    """Every problem that the apps have with their files of the topic, each with the file."""
    problems = []
    for name, content in packed.parts.items():
        file = f"{packed.folder}/{name}.yaml"
        try:
            problems += [Problem(p.place, p.message, p.file or file) for p in TOPIC_PARTS[name](topic, content)]
        except Refused as refusal:
            problems.append(Problem("", str(refusal.message), file))
    return problems


def _publish(courses: list[Course]) -> None:
    for course in courses:
        course.status = CourseStatus.PUBLISHED
    Course.objects.bulk_update(courses, ["status"])


def _not_ready(pack: Pack, course: Course) -> list[Problem]:
    """What keeps a new course from being offered."""
    file = next(packed.file for topic in pack.topics for packed in topic.courses if packed.code == course.code)
    return [Problem("", message, file) for message in problems_of(course)]
