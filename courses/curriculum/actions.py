"""Make courses and their units, publish and retire them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from courses.curriculum.kinds import UNIT_KINDS
from courses.curriculum.models import Course, CourseStatus, Unit
from courses.curriculum.publishing import NotReady, kept_fit, problems_of, problems_of_unit
from courses.names import free_slug, slug_of
from courses.topics.models import Topic
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@transaction.atomic
def create_course(*, topic: Topic, title: str, code: str = "", by: User | None = None, **fields: Any) -> Course:
    """Make a draft; an empty `code` is made from the title, in pinyin. A title occurs once in a topic."""
    same_title = Course.objects.filter(topic=topic, title=title).exclude(status=CourseStatus.RETIRED)
    if same_title.exists():
        raise Refused(_("This topic has a course with this title already."), field="title", code="title_taken")
    if not code:
        slug = slug_of(title, otherwise="course")
        code = free_slug(slug, set(Course.objects.filter(code__startswith=slug[:60]).values_list("code", flat=True)))
    fields.setdefault("owner", by)
    return _saved(Course(topic=topic, title=title, code=code, **fields))


@transaction.atomic
def change_course(course: Course, **fields: Any) -> Course:
    """Change what the course says of itself; a published one stays fit to be learnt."""
    course = _locked(course)
    with kept_fit(course):
        for name, value in fields.items():
            setattr(course, name, value)
        return _saved(course)


@transaction.atomic
def publish(course: Course) -> Course:
    """Offer the course to learners; raises NotReady with everything that is missing."""
    course = _locked(course)
    if problems := problems_of(course):
        raise NotReady(problems)
    return _set_status(course, CourseStatus.PUBLISHED)


@transaction.atomic
def retire(course: Course) -> Course:
    """Offer the course no more; who is enrolled may finish it."""
    return _set_status(_locked(course), CourseStatus.RETIRED)


@transaction.atomic
def add_unit(course: Course, *, kind: str, title: str, slug: str = "", **fields: Any) -> Unit:
    """Add a unit at the end; what its kind needs beyond title and minutes is added by the kind's own page.

    A published course becomes a draft again when the new unit is not complete yet.
    """
    if kind not in UNIT_KINDS:
        raise Refused(_("There is no unit kind “%(kind)s”.") % {"kind": kind}, field="kind", code="unknown_kind")
    course = _locked(course)
    _refuse_second_title(course, title)
    taken = set(course.units.values_list("slug", flat=True))
    slug = slug or free_slug(slug_of(title, otherwise=kind), taken)
    if slug in taken:
        raise Refused(_("The course has a unit with this name in its address already."), field="slug", code="taken")
    last = course.units.in_use().aggregate(last=Max("position"))["last"]
    unit = course.units.create(kind=kind, title=title, slug=slug, position=(last or 0) + 1, **fields)
    if course.status == CourseStatus.PUBLISHED and problems_of_unit(unit):
        _set_status(course, CourseStatus.DRAFT)
    return unit


@transaction.atomic
def change_unit(unit: Unit, **fields: Any) -> Unit:
    """Change the unit; in a published course it stays fit to be learnt."""
    course = _locked(unit.course)
    if "title" in fields:
        _refuse_second_title(course, fields["title"], but=unit)
    with kept_fit(course):
        for name, value in fields.items():
            setattr(unit, name, value)
        unit.save(update_fields=list(fields))
    return unit


@transaction.atomic
def remove_unit(unit: Unit, *, at: datetime) -> bool:
    """Take the unit out of the course, and return whether it is gone for good.

    A unit that somebody has opened leaves this version instead, so that what was learnt stays on record.
    """
    course = _locked(unit.course)
    with kept_fit(course):
        deleted = _deleted(unit)
        if not deleted:
            course.units.in_use().filter(pk=unit.pk).update(introduced_in=0, removed_in=course.version)
    return deleted


@transaction.atomic
def reorder_units(course: Course, ids: Sequence[int]) -> None:
    """Put the course's units in the order of `ids`, which names each of them once."""
    course = _locked(course)
    units = {unit.pk: unit for unit in course.units.in_use()}
    if sorted(ids) != sorted(units):
        raise Refused(_("The outline has changed meanwhile. Please look at it again."), code="outline_changed")
    for position, pk in enumerate(ids, start=1):
        units[pk].position = position
    Unit.objects.bulk_update(units.values(), ["position"])


def _locked(course: Course) -> Course:
    """The course as it is now; who changes it waits for whoever is changing it."""
    return Course.objects.select_for_update(of=("self",)).select_related("topic").get(pk=course.pk)


def _set_status(course: Course, status: CourseStatus) -> Course:
    course.status = status
    course.save(update_fields=["status"])
    return course


def _saved(course: Course) -> Course:
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError as error:
        if "code" not in str(error):
            raise
        raise Refused(_("Another course has this code."), field="code", code="code_taken") from error
    return course


def _deleted(unit: Unit) -> bool:
    if unit.progress.exists():
        return False
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:  # a higher app keeps records of it, such as attempts at its quiz
        return False
    return True


def _refuse_second_title(course: Course, title: str, but: Unit | None = None) -> None:
    sisters = course.units.in_use().filter(title=title)
    if (sisters.exclude(pk=but.pk) if but else sisters).exists():
        raise Refused(_("The course has a unit with this title already."), field="title", code="title_taken")
