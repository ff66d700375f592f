"""Whether enough people come: judged when the moment has come, told once, healed when more sign up."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from courses.seats.notices import tell_too_few
from courses.seats.queue import locked, seats_taken, written_by
from courses.series.models import Entry
from courses.sessions.actions import standing
from courses.sessions.models import Session, SessionQuerySet
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


def too_few(*, at: datetime) -> SessionQuerySet:
    """Sessions to come that were found to have too few people, the next first."""
    return Session.objects.standing().filter(too_few_at__isnull=False, starts_at__gt=at).order_by("starts_at", "pk")


def judge_minimum(*, at: datetime) -> int:
    """Look at the sessions whose moment has come: warn of those with too few, take the warning back from the others.

    Returns how many were found short now. A repeat finds nothing new.
    """
    due = Session.objects.standing().filter(starts_at__gt=at, minimum__isnull=False).with_numbers()
    short = due.filter(Q(people__lt=F("minimum")), too_few_at=None, minimum_by__lte=at)
    for session in due.filter(Q(people__gte=F("minimum")), too_few_at__isnull=False):
        _take_back(session)
    return sum(_judge(session, at) for session in short.order_by("pk"))


@transaction.atomic
def _judge(session: Session, at: datetime) -> bool:
    found = locked(session)
    if not _is_short(found, at):
        return False
    found.too_few_at = at
    found.save(update_fields=["too_few_at"])
    tell_too_few(found, who_decides(found), seats_taken(found))
    return True


def _is_short(session: Session, at: datetime) -> bool:
    if session.too_few_at or session.minimum is None or session.minimum_by is None or session.minimum_by > at:
        return False
    return seats_taken(session) < session.minimum


def who_decides(session: Session) -> list[int]:
    """The ids of who planned it and of the instructors of the company."""
    instructors = session.teachings.filter(instructor__person__isnull=False)
    people = set(instructors.values_list("instructor__person_id", flat=True))
    return sorted(people | ({session.planned_by_id} if session.planned_by_id else set()))


@transaction.atomic
def _take_back(session: Session) -> None:
    recover(locked(session))


def recover(session: Session) -> None:
    """Take the warning back once enough people have a seat; the session's row is locked."""
    if session.too_few_at and session.minimum is not None and seats_taken(session) >= session.minimum:
        session.too_few_at = None
        session.save(update_fields=["too_few_at"])


@transaction.atomic
def hold_anyway(session: Session, *, by: User | None, at: datetime) -> Session:
    """Hold it with as many as come: it is judged when it begins, which is never. A repeat changes nothing."""
    found = standing(session, at)
    if found.minimum_by == found.starts_at:
        return found
    found.minimum_by, found.too_few_at = found.starts_at, None
    with written_by(by):
        found.save(update_fields=["minimum_by", "too_few_at"])
    return found


@transaction.atomic
def extend(session: Session, until: datetime, *, by: User | None, at: datetime) -> Session:
    """Let people sign up until a later moment, at which the number is judged again. A repeat changes nothing."""
    found = standing(session, at)
    if not at < until < found.starts_at:
        raise Refused(_("Choose a time between now and the beginning."), field="until", code="bad_deadline")
    found.minimum_by, found.too_few_at = until, None
    if found.entry == Entry.SIGN_UP:
        found.sign_up_until = until
    with written_by(by):
        found.save(update_fields=["minimum_by", "too_few_at", "sign_up_until"])
    return found
