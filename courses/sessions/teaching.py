"""Who gives a session: for how long, and what it costs."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from courses.instructors.models import Instructor
from courses.sessions.models import Session, Teaching
from trainingsite.core.errors import Refused

CENT = Decimal("0.01")


def cost_of(instructor: Instructor, minutes: int) -> Decimal | None:
    """What so many minutes cost; None when nobody knows what an hour costs."""
    if instructor.hourly_cost is None:
        return None
    return (instructor.hourly_cost * minutes / 60).quantize(CENT, ROUND_HALF_UP)


def given_by(session: Session) -> list[Instructor]:
    """The instructors of a session."""
    teachings = session.teachings.select_related("instructor__person").order_by("pk")
    return [teaching.instructor for teaching in teachings]


def leaving(session: Session, instructors: Iterable[Instructor]) -> set[int]:
    """The people of the company who give the session and would not once these do."""
    return {each.person_id for each in given_by(session) if each.person_id} - {each.person_id for each in instructors}


def teach(session: Session, instructors: Iterable[Instructor], taught: Mapping[int, int] | None = None) -> list[int]:
    """Let these give the session and nobody else any more: `taught` minutes by instructor, who is not in it all of it.

    Without `taught` those who give it already keep their minutes. What a teaching cost is kept as long as its minutes
    stay. Returns the people of the company who have come to it.
    """
    wanted = {each.pk: each for each in instructors}
    known = {teaching.instructor_id: teaching for teaching in session.teachings.all()}
    session.teachings.exclude(instructor__in=wanted).delete()
    fresh = [each for pk, each in wanted.items() if pk not in known]
    for each in fresh:
        _check_in_use(each)
    for pk, each in wanted.items():
        _teach(session, each, known.get(pk), None if taught is None else taught.get(pk, session.minutes))
    return [each.person_id for each in fresh if each.person_id]


def _teach(session: Session, instructor: Instructor, known: Teaching | None, minutes: int | None) -> None:
    minutes = minutes or (known.minutes if known else session.minutes)
    if minutes > session.minutes:
        text = _("%(name)s cannot teach longer than the session takes.") % {"name": instructor}
        raise Refused(text, field="instructors", code="taught_too_long")
    if known is None:
        cost = cost_of(instructor, minutes)
        Teaching.objects.create(session=session, instructor=instructor, minutes=minutes, cost=cost)
    elif known.minutes != minutes:
        known.minutes, known.cost = minutes, cost_of(instructor, minutes)
        known.save(update_fields=["minutes", "cost"])


def lengthen(session: Session, before: int) -> None:
    """After the length of a session was changed: who gave all of it gives all of it, nobody gives more."""
    for teaching in session.teachings.select_related("instructor"):
        if teaching.minutes == before or teaching.minutes > session.minutes:
            teaching.minutes, teaching.cost = session.minutes, cost_of(teaching.instructor, session.minutes)
            teaching.save(update_fields=["minutes", "cost"])


def _check_in_use(instructor: Instructor) -> None:
    if instructor.retired_at:
        text = _("%(name)s teaches no longer.") % {"name": instructor}
        raise Refused(text, field="instructors", code="instructor_retired")
