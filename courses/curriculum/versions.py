"""The way of a version: started, sent to review, returned or published, or thrown away.

What may be changed in a draft stands in `drafts`.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.curriculum.differences import differences, same_content
from courses.curriculum.drafts import (
    editable,
    locked,
    open_draft,
    require_editable,
    restore,
    units_of,
    writable_draft,
)
from courses.curriculum.hooks import VERSION_PUBLISHED
from courses.curriculum.models import Course, CourseStatus, CourseVersion, Reask, Unit, VersionStatus
from courses.curriculum.notices import tell_published, tell_returned
from courses.curriculum.publishing import NotReady, problems_of
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

__all__ = [
    "discard_draft",
    "drop_copies",
    "editable",
    "open_draft",
    "publish_version",
    "require_editable",
    "restore",
    "return_to_author",
    "send_to_review",
    "start_version",
    "take_back",
]


@transaction.atomic
def start_version(course: Course, *, by: User | None, at: datetime) -> CourseVersion:
    """Open a draft beside what learners have; a repeat returns the one that is open."""
    course = locked(course)
    if draft := open_draft(course):
        return draft
    current = _current(course)
    order = [unit.pk for unit in units_of(current)]
    return course.versions.create(number=course.version + 1, order=order, created_by=by, created_at=at)


@transaction.atomic
def send_to_review(course: Course, *, notes: str = "", by: User | None, at: datetime) -> CourseVersion:
    """Ask HR to publish the draft, which rests until then; a repeat changes nothing. Raises NotReady."""
    draft = _draft(locked(course))
    if draft.status == VersionStatus.IN_REVIEW:
        return draft
    drop_copies(draft)
    if problems := _problems(draft):
        raise NotReady(problems)
    return _set(draft, status=VersionStatus.IN_REVIEW, notes=notes.strip(), reason="", sent_by=by, sent_at=at)


@transaction.atomic
def return_to_author(course: Course, *, reason: str, by: User | None, at: datetime) -> CourseVersion:
    """Give the draft back with the reason, which whoever sent it is told."""
    draft = _in_review(locked(course))
    if not (reason := reason.strip()):
        raise Refused(_("Say what has to change."), field="reason", code="reason_missing")
    _set(draft, status=VersionStatus.DRAFT, reason=reason, reviewed_by=by, reviewed_at=at)
    tell_returned(draft, by=by, at=at)
    return draft


@transaction.atomic
def take_back(course: Course) -> CourseVersion:
    """Go on writing a draft that was sent to review; a repeat changes nothing."""
    draft = _draft(locked(course))
    return _set(draft, status=VersionStatus.DRAFT) if draft.status == VersionStatus.IN_REVIEW else draft


@transaction.atomic
def discard_draft(course: Course) -> bool:
    """Throw the draft of a published course away; whether there was one. What learners have stays as it is."""
    course = locked(course)
    if course.status == CourseStatus.DRAFT:
        raise Refused(_("This course has nothing but its draft."), code="only_draft")
    if open_draft(course) is None:
        return False
    draft = writable_draft(course)
    course.units.filter(introduced_in=draft.number).delete()
    course.units.filter(removed_in=draft.number).update(removed_in=None)
    draft.delete()
    return True


@transaction.atomic
def publish_version(
    course: Course,
    *,
    reask: Reask | str = Reask.NOBODY,
    ask_due_on: date | None = None,
    notes: str = "",
    by: User | None,
    at: datetime,
) -> CourseVersion:
    """Offer the draft to learners in the place of what they have; raises NotReady with everything that is missing.

    Whoever is in the middle of an earlier version finishes that one. `reask` says what those who completed one are
    asked for, by `ask_due_on`. Without a draft there is nothing to do: the version that was published is returned.
    """
    course = locked(course)
    draft = open_draft(course)
    if draft is None:
        return _offered_again(course)
    drop_copies(draft)
    if problems := _problems(draft):
        raise NotReady(problems)
    _close(course, at)
    _offer(course, draft)
    due_on = ask_due_on if reask != Reask.NOBODY else None
    _set(draft, reask=Reask(reask), ask_due_on=due_on, notes=notes.strip() or draft.notes, order=[])
    _set(draft, status=VersionStatus.PUBLISHED, published_at=at, reviewed_by=by, reviewed_at=at)
    tell_published(draft, by=by)
    for hook in VERSION_PUBLISHED.values():
        hook(draft, by, at)
    return draft


def _current(course: Course) -> CourseVersion:
    """What learners have."""
    return course.versions.get_or_create(
        number=course.version, defaults={"status": course.status, "published_at": course.created_at}
    )[0]


def _draft(course: Course) -> CourseVersion:
    if draft := open_draft(course):
        return draft
    raise Refused(_("This course has no draft."), code="no_draft")


def _in_review(course: Course) -> CourseVersion:
    draft = _draft(course)
    if draft.status != VersionStatus.IN_REVIEW:
        raise Refused(_("This draft is not in review."), code="not_in_review")
    return draft


def _set(version: CourseVersion, **fields: object) -> CourseVersion:
    for name, value in fields.items():
        setattr(version, name, value)
    version.save(update_fields=list(fields))
    return version


def drop_copies(draft: CourseVersion) -> None:
    """Take the earlier unit where its copy was not changed after all, so that nobody is asked for it again."""
    if draft.status == VersionStatus.IN_REVIEW:
        return
    copies = Unit.objects.filter(course=draft.course_id, introduced_in=draft.number).exclude(replaces=None)
    for unit in copies.select_related("replaces", "course"):
        if unit.replaces and same_content(unit, unit.replaces):
            restore(unit)
    draft.refresh_from_db(fields=["order"])


def _problems(draft: CourseVersion) -> list[str]:
    problems = problems_of(draft.course, units_of(draft))
    if not problems and draft.course.status != CourseStatus.DRAFT and not differences(draft):
        problems = [_("The draft is the same as what learners have.")]
    return problems


def _close(course: Course, at: datetime) -> None:
    """Keep the order of what learners had, and note that it is no longer offered."""
    if course.status == CourseStatus.DRAFT:
        return
    current = _current(course)
    order = [unit.pk for unit in units_of(current)]
    _set(current, status=VersionStatus.RETIRED, retired_at=current.retired_at or at, order=order)


def _offer(course: Course, draft: CourseVersion) -> None:
    units = units_of(draft)
    for position, unit in enumerate(units, start=1):
        unit.position = position
    Unit.objects.bulk_update(units, ["position"])
    course.version, course.status = draft.number, CourseStatus.PUBLISHED
    course.save(update_fields=["version", "status"])


def _offered_again(course: Course) -> CourseVersion:
    """The published version, offered once more when the course had been retired."""
    current = _current(course)
    if course.status == CourseStatus.RETIRED:
        if problems := problems_of(course):
            raise NotReady(problems)
        course.status = CourseStatus.PUBLISHED
        course.save(update_fields=["status"])
        _set(current, status=VersionStatus.PUBLISHED, retired_at=None)
    return current
