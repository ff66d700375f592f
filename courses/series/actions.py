"""Plan a series, change or call off one of it, the following ones, or all that are to come: all or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Unpack
from uuid import UUID, uuid4

import pghistory
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from courses.instructors.models import Instructor
from courses.series.models import Series
from courses.series.rhythm import Found
from courses.sessions.actions import cancel, change, move, one_at_a_time, schedule
from courses.sessions.checks import About
from courses.sessions.clashes import Clash, Clashing, Slot, clashes_of
from courses.sessions.models import Session
from courses.sessions.notices import tell_series
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


class Scope(TextChoices):
    """Which of a series is meant; of all, those that have begun stay as they are."""

    ONE = "one", pgettext_lazy("series", "This one alone")
    FOLLOWING = "following", pgettext_lazy("series", "This and the following ones")
    ALL = "all", pgettext_lazy("series", "All that are to come")


@dataclass(frozen=True)
class Plan:
    """A series as it is to be."""

    title: str
    rrule: str
    starts_on: date
    at_time: time
    minutes: int
    days: Sequence[date]
    instructors: Sequence[Instructor] = ()
    taught: Mapping[int, int] = field(default_factory=dict)
    people_ids: frozenset[int] = frozenset()
    about: About = field(default_factory=About)

    def starts_at(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, self.at_time))


@dataclass(frozen=True)
class Preview:
    """A day of the rule and what stands against its session."""

    found: Found
    clashes: Sequence[Clash] = ()

    @property
    def refuses(self) -> bool:
        return any(clash.hard for clash in self.clashes)


def preview(plan: Plan, found: Iterable[Found], *, at: datetime) -> list[Preview]:
    """Every day of the rule with what stands against it; nothing is written."""
    return [Preview(one, _against(plan, one.day, at) if one.day in plan.days else ()) for one in found]


def _against(plan: Plan, day: date | None, at: datetime) -> list[Clash]:
    if day is None:
        return []
    starts_at = plan.starts_at(day)
    if starts_at <= at:
        return [Clash("starts_in_past", _("This time has passed."))]
    room = plan.about.get("room")
    session = Session(starts_at=starts_at, ends_at=starts_at + timedelta(minutes=plan.minutes), room=room)
    return clashes_of(Slot.of(session, people=plan.people_ids, instructors=plan.instructors))


@transaction.atomic
def plan_series(plan: Plan, *, by: User, at: datetime, anyway: bool = False, token: UUID | None = None) -> Series:
    """Plan all sessions of it, or none; a repeat with the same token returns the same series.

    A refusal names the day at which it stands.
    """
    one_at_a_time()
    token = token or uuid4()
    if known := Session.objects.filter(token=token).select_related("series").first():
        if known.series:
            return known.series
        raise Refused(_("This form was sent before."), code="token_used")
    if not plan.days:
        raise Refused(_("No day is left."), field="until", code="no_day")
    with pghistory.context(user=by.pk):
        series = Series.objects.create(title=plan.title.strip(), rrule=plan.rrule, starts_on=plan.starts_on, owner=by)
    planned = _plan_days(plan, series, token, by=by, at=at, anyway=anyway)
    if len(planned) > 1:
        tell_series(planned, plan.people_ids, {each.person_id for each in plan.instructors if each.person_id})
    return series


def _plan_days(plan: Plan, series: Series, token: UUID, *, by: User, at: datetime, anyway: bool) -> list[Session]:
    """The sessions of a series in order; of several, people are told together."""
    planned = []
    for number, day in enumerate(sorted(plan.days), start=1):
        about: About = {**plan.about, "series": series, "number": number}
        with _named(plan.starts_at(day)):
            session = schedule(
                title=plan.title,
                starts_at=plan.starts_at(day),
                minutes=plan.minutes,
                instructors=plan.instructors,
                taught=plan.taught,
                people_ids=plan.people_ids,
                by=by,
                at=at,
                anyway=anyway,
                token=token if number == 1 else None,
                told=len(plan.days) == 1,
                **about,
            )
        planned.append(session)
    return planned


@contextmanager
def _named(starts_at: datetime) -> Iterator[None]:
    """A refusal within the block says of which session it speaks."""
    day = date_format(timezone.localtime(starts_at), "DATE_FORMAT")
    try:
        yield
    except Clashing as error:
        raise Clashing([_on(day, clash) for clash in error.clashes]) from error
    except Refused as error:
        text = _("%(day)s: %(why)s") % {"day": day, "why": error.message}
        raise Refused(text, field=error.field, code=error.code) from error


def _on(day: str, clash: Clash) -> Clash:
    text = _("%(day)s: %(why)s") % {"day": day, "why": clash.text}
    return Clash(clash.kind, text, clash.hard, clash.names, clash.field)


def meant(session: Session, scope: str, *, at: datetime) -> list[Session]:
    """The sessions of its series that are meant, in order; those that have begun or were called off stay."""
    if scope == Scope.ONE or session.series_id is None:
        return [session]
    rest = Session.objects.standing().filter(series=session.series_id, starts_at__gt=at)
    if scope == Scope.FOLLOWING:
        rest = rest.filter(number__gte=session.number)
    return list(rest.order_by("number"))


def _each(
    sessions: Iterable[Session], act: Callable[[Session], object], when: Callable[[Session], datetime] | None = None
) -> int:
    """Do it to each; a refusal says of which day it speaks: that of the session, or the one that `when` gives."""
    done = 0
    for each in sessions:
        with _named(when(each) if when else each.starts_at):
            act(each)
        done += 1
    return done


@transaction.atomic
def change_of_series(  # noqa: PLR0913 - which, what, and who asks
    session: Session,
    scope: str,
    *,
    by: User,
    at: datetime,
    title: str | None = None,
    instructors: Iterable[Instructor] | None = None,
    taught: Mapping[int, int] | None = None,
    anyway: bool = False,
    **about: Unpack[About],
) -> int:
    """Change what is meant in one go; deadlines are each session's own and stay. Returns how many were meant."""
    one_at_a_time()
    given = None if instructors is None else list(instructors)
    shared: About = {**about}
    if scope != Scope.ONE:
        shared.pop("sign_up_until", None)
        shared.pop("minimum_by", None)
    fields = {"title": title, "instructors": given, "taught": taught, "anyway": anyway}

    def act(each: Session) -> None:
        change(each, by=by, at=at, **fields, **shared)  # type: ignore[arg-type]  # as they came in

    return _each(meant(session, scope, at=at), act)


@transaction.atomic
def move_of_series(  # noqa: PLR0913 - which, when, and who asks
    session: Session,
    scope: str,
    *,
    starts_at: datetime,
    by: User,
    at: datetime,
    minutes: int | None = None,
    anyway: bool = False,
) -> int:
    """Move what is meant by as many days to the same hour; returns how many were meant."""
    one_at_a_time()
    begin, target = timezone.localtime(session.starts_at), timezone.localtime(starts_at)
    days = target.date() - begin.date()
    later = starts_at > session.starts_at
    sessions = meant(session, scope, at=at)

    def wanted(each: Session) -> datetime:
        day = timezone.localdate(each.starts_at) + days
        return timezone.make_aware(datetime.combine(day, target.time()))

    def act(each: Session) -> None:
        move(each, starts_at=wanted(each), minutes=minutes, by=by, at=at, anyway=anyway)

    # The last one first when they move on: none then stands in the way of the one before it.
    return _each(reversed(sessions) if later else sessions, act, wanted)


@transaction.atomic
def cancel_of_series(session: Session, scope: str, *, reason: str, by: User, at: datetime) -> int:
    """Call off what is meant; returns how many were meant."""
    one_at_a_time()
    return _each(meant(session, scope, at=at), lambda each: cancel(each, reason=reason, by=by, at=at))
