"""Make courses and their units, and retire them; how they are published stands in `versions`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from courses.curriculum.drafts import editable, is_frozen, locked, put_order, units_of, writable_draft
from courses.curriculum.kinds import UNIT_KINDS
from courses.curriculum.models import Course, CourseStatus, CourseVersion, Unit, VersionStatus
from courses.curriculum.publishing import kept_fit
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
    course = _saved(Course(topic=topic, title=title, code=code, **fields))
    course.versions.create(number=course.version, created_by=by)
    return course


@transaction.atomic
def change_course(course: Course, **fields: Any) -> Course:
    """Change what the course says of itself; a published one stays fit to be learnt."""
    course = locked(course)
    with kept_fit(course):
        for name, value in fields.items():
            setattr(course, name, value)
        return _saved(course)


@transaction.atomic
def retire(course: Course, *, at: datetime) -> Course:
    """Offer the course no more; who is enrolled may finish it. A repeat changes nothing."""
    course = locked(course)
    if course.status == CourseStatus.PUBLISHED:
        course.versions.filter(number=course.version).update(status=VersionStatus.RETIRED, retired_at=at)
    course.status = CourseStatus.RETIRED
    course.save(update_fields=["status"])
    return course


@transaction.atomic
def add_unit(course: Course, *, kind: str, title: str, slug: str = "", **fields: Any) -> Unit:
    """Add a unit at the end of the draft; what its kind needs beyond title and minutes is added by its own page."""
    if kind not in UNIT_KINDS:
        raise Refused(_("There is no unit kind “%(kind)s”.") % {"kind": kind}, field="kind", code="unknown_kind")
    course = locked(course)
    draft = writable_draft(course)
    _refuse_second_title(draft, title)
    taken = set(course.units.values_list("slug", flat=True))
    slug = slug or free_slug(slug_of(title, otherwise=kind), taken)
    if slug in taken:
        raise Refused(_("The course has a unit with this name in its address already."), field="slug", code="taken")
    last = course.units.in_version(draft.number).aggregate(last=Max("position"))["last"]
    place = {"position": (last or 0) + 1, "introduced_in": draft.number}
    unit = course.units.create(kind=kind, title=title, slug=slug, **place, **fields)
    if draft.order:
        put_order(draft, [*draft.order, unit.pk])
    return unit


@transaction.atomic
def change_unit(unit: Unit, **fields: Any) -> Unit:
    """Change the unit in the draft, and return it: a copy when learners have the unit itself."""
    draft = writable_draft(locked(unit.course))
    unit = editable(unit)
    if "title" in fields:
        _refuse_second_title(draft, fields["title"], but=unit)
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.save(update_fields=list(fields))
    return unit


@transaction.atomic
def remove_unit(unit: Unit) -> bool:
    """Take the unit out of the draft, and return whether it is gone for good.

    A unit that learners have, or that somebody has opened, stays on record in the versions before.
    """
    course = locked(unit.course)
    draft = writable_draft(course)
    put_order(draft, [pk for pk in draft.order if pk != unit.pk])
    if not is_frozen(unit) and _deleted(unit):
        return True
    kept = course.units.in_version(draft.number).filter(pk=unit.pk)
    if is_frozen(unit):
        kept.update(removed_in=draft.number)
    else:  # opened in a course that was a draft again, as it was possible once: kept before the first version
        kept.update(introduced_in=draft.number - 1, removed_in=draft.number)
    return False


@transaction.atomic
def reorder_units(course: Course, ids: Sequence[int]) -> None:
    """Put the draft's units in the order of `ids`, which names each of them once."""
    course = locked(course)
    draft = writable_draft(course)
    units = {unit.pk: unit for unit in units_of(draft)}
    if sorted(ids) != sorted(units):
        raise Refused(_("The outline has changed meanwhile. Please look at it again."), code="outline_changed")
    put_order(draft, ids)


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


def _refuse_second_title(draft: CourseVersion, title: str, but: Unit | None = None) -> None:
    sisters = draft.course.units.in_version(draft.number).filter(title=title)
    if (sisters.exclude(pk=but.pk) if but else sisters).exists():
        raise Refused(_("The course has a unit with this title already."), field="title", code="title_taken")
