"""Take a content pack: all or nothing, the same pack twice changes nothing."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from courses.curriculum.models import Course, CourseStatus, CourseVersion, Reask, Unit, VersionStatus
from courses.curriculum.publishing import problems_of
from courses.packs.files import files_of_folder, files_of_zip
from courses.packs.links import hand_wholes, link_courses, place_topics, problems_of_texts
from courses.packs.media import keep_media
from courses.packs.parts import TOPIC_PARTS, Problem
from courses.packs.reader import Pack, PackRefused, PackTopic, read_files
from courses.packs.renewal import Taking, hand_parts, renew
from courses.topics.models import Topic
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns
from trainingsite.people.models import User

M = TypeVar("M", Topic, Course, Unit)


@dataclass
class Counts:
    """Titles of the rows of one kind that were new and changed, and how many were as the pack has them."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass
class PackOutcome:
    """What a pack did, or would do.

    `extra` are units that the pack does not know, which stay; `versions` are courses that learners have and that get a
    new version.
    """

    topics: Counts = field(default_factory=Counts)
    courses: Counts = field(default_factory=Counts)
    units: Counts = field(default_factory=Counts)
    extra: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        counted = (self.topics, self.courses, self.units)
        return bool(self.versions) or any(counts.created or counts.changed for counts in counted)


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
def apply_pack(
    pack: Pack, *, by: User | None, at: datetime, reask: Reask | str = Reask.NOBODY, ask_due_on: date | None = None
) -> PackOutcome:
    """Bring topics, courses and units to what the pack says, publish the new courses, hand parts to their apps.

    Raises PackRefused with every problem, and then nothing is changed. Courses and units that the pack does not know
    stay as they are. What learners have is changed in a new version, which asks those who completed an earlier one for
    what `reask` says; a course that somebody retired stays retired.
    """
    take_turns("courses.packs")
    outcome = PackOutcome()
    _refuse([*keep_media(pack.media, by=by), *hand_wholes(pack, early=True)])
    _refuse(problems_of_texts(pack))
    topics = _put(Topic, "slug", [(t.slug, t.fields) for t in pack.topics], outcome.topics, created_at=at)
    problems = place_topics(pack, topics)
    _refuse(problems + [problem for topic in pack.topics for problem in _hand_topic_parts(topics[topic.slug], topic)])
    courses, new = _put_courses(pack, topics, outcome, owner=by, created_at=at)
    written = {course.pk for code, course in courses.items() if code in new or course.status == CourseStatus.DRAFT}
    problems = _put_units(pack, courses, outcome, at, written)
    taking = Taking(by, at, pack.title, reask, ask_due_on)
    problems += _renew(pack, [course for course in courses.values() if course.pk not in written], outcome, taking)
    _publish([courses[code] for code in new], by, at)
    problems += [problem for code in new for problem in _not_ready(pack, courses[code])]
    _refuse([*problems, *link_courses(pack, courses)])
    _refuse(hand_wholes(pack, early=False))
    return outcome


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise PackRefused(problems)


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


def _put_units(
    pack: Pack, courses: dict[str, Course], outcome: PackOutcome, at: datetime, written: Container[int]
) -> list[Problem]:
    """Write the units of courses that nobody has yet, and hand their parts to the apps that own them."""
    found = _units_of([course for course in courses.values() if course.pk in written])
    every = [(courses[c.code], c, unit) for topic in pack.topics for c in topic.courses for unit in c.units]
    rows = [row for row in every if row[0].pk in written]
    wanted = [((course.pk, unit.slug), unit.fields) for course, _c, unit in rows]
    units = _sorted_out(
        Unit, found, wanted, outcome.units, lambda key: {"course_id": key[0], "slug": key[1], "created_at": at}
    )
    known = {key for key, _fields in wanted}
    outcome.extra += [str(unit) for key, unit in found.items() if key not in known]
    parts = [hand_parts(units[course.pk, unit.slug], unit, packed.file) for course, packed, unit in rows]
    return [problem for problems in parts for problem in problems]


def _renew(pack: Pack, courses: Sequence[Course], outcome: PackOutcome, taking: Taking) -> list[Problem]:
    """Bring the courses that learners have to what the pack says, each in a new version if anything is new."""
    packed = {course.code: course for topic in pack.topics for course in topic.courses}
    problems: list[Problem] = []
    for course in courses:
        renewed = renew(course, packed[course.code], taking)
        changes = renewed.differences
        outcome.units.created += [unit.title for unit in changes.new]
        outcome.units.changed += [unit.title for unit in changes.changed]
        outcome.units.unchanged += len(packed[course.code].units) - len(changes.asked)
        outcome.versions += [course.title] if changes else []
        outcome.extra += renewed.extra
        problems += renewed.problems
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
            problems += [Problem(p.place, p.message, p.file or file) for p in TOPIC_PARTS[name].load(topic, content)]
        except Refused as refusal:
            problems.append(Problem("", str(refusal.message), file))
    return problems


def _publish(courses: list[Course], by: User | None, at: datetime) -> None:
    """Offer courses that are new, in their first version."""
    for course in courses:
        course.status = CourseStatus.PUBLISHED
    Course.objects.bulk_update(courses, ["status"])
    made = {"status": VersionStatus.PUBLISHED, "created_by": by, "created_at": at, "published_at": at}
    CourseVersion.objects.bulk_create(CourseVersion(course=course, number=1, **made) for course in courses)


def _not_ready(pack: Pack, course: Course) -> list[Problem]:
    """What keeps a new course from being offered."""
    file = next(packed.file for topic in pack.topics for packed in topic.courses if packed.code == course.code)
    return [Problem("", message, file) for message in problems_of(course)]
