"""What may be changed of a course: nothing of what learners have; a draft takes copies of what changes in it."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from courses.curriculum.kinds import UNIT_KINDS
from courses.curriculum.models import Course, CourseStatus, CourseVersion, Unit, VersionStatus
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

KEPT = {"id", "created_at", "modified_at"}  # by each row for itself


def locked(course: Course) -> Course:
    """The course as it is now; who changes it waits for whoever is changing it."""
    return Course.objects.select_for_update(of=("self",)).select_related("topic").get(pk=course.pk)


def open_draft(course: Course) -> CourseVersion | None:
    """The draft that is being written or reviewed; a course that was never published always has one."""
    if course.status == CourseStatus.DRAFT:
        return course.versions.get_or_create(number=course.version, defaults={"created_by": course.owner})[0]
    return course.versions.open().first()


def writable_draft(course: Course) -> CourseVersion:
    """The open draft; Refused when there is none, or when it is in review."""
    draft = open_draft(course)
    if draft is None:
        raise Refused(_("Learners have this version. Start a new version first."), code="no_draft")
    if draft.status == VersionStatus.IN_REVIEW:
        raise Refused(_("This draft is in review. Take it back to change it."), code="version_in_review")
    return draft


def in_order(units: Iterable[Unit], order: Sequence[int]) -> list[Unit]:
    """The units as `order` has them; those it does not name stay behind, by position."""
    places = {pk: place for place, pk in enumerate(order)}
    return sorted(units, key=lambda unit: (places.get(unit.pk, len(places)), unit.position, unit.pk))


def units_of(version: CourseVersion) -> list[Unit]:
    """The units of a version in its order, without their texts."""
    return in_order(version.course.units.in_version(version.number).for_outline(), version.order)


def is_frozen(unit: Unit) -> bool:
    """Whether learners have the unit, or had it, in a published version."""
    return unit.course.status != CourseStatus.DRAFT and unit.introduced_in <= unit.course.version


def held(unit: Unit) -> Refused | None:
    """Why the unit must stay as it is, for pages that show it; None when it may be changed."""
    draft = open_draft(unit.course)
    if draft is not None and draft.status == VersionStatus.IN_REVIEW:
        return Refused(_("This draft is in review. Take it back to change it."), code="version_in_review")
    if draft is None or is_frozen(unit):
        message = _("This unit is part of a version that learners have. Change it in the draft of a new version.")
        return Refused(message, code="unit_frozen")
    return None


def require_editable(unit: Unit) -> None:
    """For the pages of kinds, before they change anything: Refused when the unit must stay as it is."""
    unit.course.refresh_from_db(fields=["status", "version"])
    if refusal := held(unit):
        raise refusal


@transaction.atomic
def editable(unit: Unit, *, by: User | None = None) -> Unit:  # noqa: ARG001 - who acts stands in the history's context
    """The unit to change in the course's open draft: itself, or a copy that replaces it there.

    A repeat gives the same copy. Refused without an open draft, and for a unit that the draft has no more.
    """
    course = locked(unit.course)
    draft = writable_draft(course)
    found = course.units.get(pk=unit.pk)
    found.course = course
    if not is_frozen(found):
        return found
    if found.removed_in is None:
        return _replacement(found, draft)
    if copy := found.replacements.filter(introduced_in=draft.number).first():
        return copy
    raise Refused(_("The draft does not have this unit any more."), code="unit_removed")


def _replacement(old: Unit, draft: CourseVersion) -> Unit:
    """A copy of the unit, with all that its kind keeps, in its place in the draft."""
    Unit.objects.filter(pk=old.pk).update(removed_in=draft.number)
    fields = {f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if f.name not in KEPT}
    new = Unit.objects.create(**{**fields, "introduced_in": draft.number, "removed_in": None, "replaces_id": old.pk})
    if old.kind in UNIT_KINDS:
        UNIT_KINDS[old.kind].copy(old, new)
    put_order(draft, [new.pk if pk == old.pk else pk for pk in draft.order])
    return new


@transaction.atomic
def restore(unit: Unit, *, by: User | None = None) -> Unit:  # noqa: ARG001 - who acts stands in the history's context
    """Have in the draft what learners have: the unit that `unit` replaced, or `unit` itself if the draft left it out.

    A repeat changes nothing.
    """
    course = locked(unit.course)
    draft = writable_draft(course)
    if unit.introduced_in == draft.number and unit.replaces is not None:
        old = unit.replaces
        order = [old.pk if pk == unit.pk else pk for pk in draft.order]
        unit.delete()
    else:
        old, order = unit, _with(unit, draft)
    taken_out = course.units.filter(pk=old.pk, removed_in=draft.number)
    if not old.replacements.filter(introduced_in=draft.number).exists() and taken_out.update(removed_in=None):
        put_order(draft, order)
    return course.units.get(pk=old.pk)


def _with(unit: Unit, draft: CourseVersion) -> list[int]:
    """The draft's order with a unit that was left out, about where learners have it."""
    before = Unit.objects.filter(course=draft.course_id, position__lt=unit.position).in_version(draft.number - 1)
    place = before.count()
    return [*draft.order[:place], unit.pk, *draft.order[place:]]


def put_order(draft: CourseVersion, order: Sequence[int]) -> None:
    """Note the order of the draft's units; those of a course that nobody has yet simply move."""
    if draft.course.status == CourseStatus.DRAFT:
        units = [Unit(pk=pk, position=position) for position, pk in enumerate(order, start=1)]
        Unit.objects.bulk_update(units, ["position"])
        return
    draft.order = list(order)
    draft.save(update_fields=["order"])
