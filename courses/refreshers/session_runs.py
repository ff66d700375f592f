"""Refreshers that are sessions: each run plans one from a template, some days ahead.

Everybody of the audience gets a seat when all fit in and their desks stay staffed; else people sign up, and HR hears of
it. A day that cannot be had (the room is taken, somebody is in another session) becomes one of the next working days.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.refreshers.days import working_day
from courses.refreshers.models import Occurrence, Refresher, State
from courses.refreshers.notices import tell_seats_short, tell_sign_up
from courses.refreshers.whats import WHATS, Result, What
from courses.series.models import Entry, SessionTemplate
from courses.series.template_actions import from_template
from courses.sessions.models import Session, SessionPlace
from trainingsite.core.errors import Refused

DAY = timedelta(days=1)
TRIED = 6  # the day itself and five working days after it
HELP = gettext_lazy("Each run plans one session from it; templates are kept under Sessions.")
NOT_ALL = {"queue_limit", "session_full", "room_too_small"}


def plan_session(occurrence: Occurrence, people_ids: Sequence[int], *, at: datetime) -> int:
    """Plan the session on its day or on the next that can be had; returns how many got a seat."""
    refused: Refused | None = None
    for day in _days(occurrence):
        try:
            with transaction.atomic():
                session = _plan(occurrence, day, people_ids, at)
                occurrence.save_only(on=day, due_on=day)
        except Refused as refusal:
            refused = refused or refusal
            continue
        except IntegrityError:  # another run was given this day at the same moment
            continue
        occurrence.sessions.add(session)
        return session.places.exclude(seat=None).count()
    raise refused or Refused(_("No day can be had."), code="no_day_left")


def _days(occurrence: Occurrence) -> Iterator[date]:
    """Its own day, then the next working days that no other run of the refresher has."""
    refresher = occurrence.refresher
    others = refresher.occurrences.exclude(pk=occurrence.pk).exclude(state=State.SKIPPED)
    taken = set(others.filter(on__gte=occurrence.on).values_list("on", flat=True))
    day = occurrence.on
    for _number in range(TRIED):
        if day not in taken:
            yield day
        day = working_day(day + DAY, refresher.region)


def _plan(occurrence: Occurrence, day: date, people_ids: Sequence[int], at: datetime) -> Session:
    template = _template_of(occurrence.refresher)
    if template.entry == Entry.ASSIGNED:
        try:
            with transaction.atomic():
                return _schedule(occurrence, template, day, people_ids, at)
        except Refused as refusal:
            if refusal.code not in NOT_ALL:
                raise
            tell_seats_short(occurrence, seats=seats_of(template), people=len(people_ids))
    session = _schedule(occurrence, template, day, (), at, entry=Entry.SIGN_UP, audience=occurrence.refresher.audience)
    tell_sign_up(occurrence, session, people_ids)
    return session


def _schedule(
    occurrence: Occurrence, template: SessionTemplate, day: date, people: Sequence[int], at: datetime, **about: Any
) -> Session:
    """A session as the template says; the token lets a run have one session a day, whatever beat does."""
    return from_template(
        template,
        occurrence.refresher.moment_of(day),
        by=occurrence.changed_by or occurrence.refresher.owner,
        at=at,
        people_ids=people,
        anyway=True,
        token=uuid5(NAMESPACE_URL, f"occurrence:{occurrence.pk}:{day}:{bool(about)}"),
        **about,
    )


def seats_of(template: SessionTemplate) -> int | None:
    """How many people it holds; None when there is no limit."""
    room = template.room.seats if template.room and not template.join_url else None
    return min((seats for seats in (template.capacity, room) if seats is not None), default=None)


def _template_of(refresher: Refresher) -> SessionTemplate:
    assert refresher.template is not None  # noqa: S101 - the database holds it for this kind
    return refresher.template


def results(occurrences: Sequence[Occurrence]) -> dict[int, Result]:
    """Of those who have a seat, how many were there."""
    held = SessionPlace.objects.held().filter(session__occurrences__in=[each.pk for each in occurrences])
    there = Count("pk", filter=Q(attended_at__isnull=False))
    rows = held.order_by().values_list("session__occurrences").annotate(total=Count("pk"), there=there)
    return {pk: Result(total, done) for pk, total, done in rows}


def unfinished(occurrence: Occurrence) -> list[tuple[int, str]]:
    """Who has a seat and was not noted as there or excused; a session that was moved has told its people itself."""
    held = SessionPlace.objects.held().filter(session__occurrences=occurrence, attended_at=None, excused_reason="")
    begins = datetime.combine(occurrence.on, time.min, ZoneInfo(occurrence.refresher.zone))
    held = held.filter(session__starts_at__gte=begins, session__starts_at__lt=begins + DAY)
    rows = held.order_by("pk").values_list("person_id", "session_id")
    return [(person, reverse("session", args=[session])) for person, session in rows]


def about(refresher: Refresher) -> str:
    return _template_of(refresher).title


def minutes(refresher: Refresher) -> int:
    return _template_of(refresher).minutes


def links(occurrences: Sequence[Occurrence]) -> dict[int, str]:
    """The session of each run; of several the last that was planned."""
    planned = Occurrence.sessions.through.objects.filter(occurrence__in=[each.pk for each in occurrences])
    pairs = planned.order_by("session").values_list("occurrence", "session")
    return {run: reverse("session", args=[session]) for run, session in pairs}


def fields() -> dict[str, forms.Field]:
    templates = SessionTemplate.objects.filter(retired_at=None).order_by("title", "pk")
    return {"template": forms.ModelChoiceField(templates, label=gettext_lazy("Session template"), help_text=HELP)}


def check(cleaned: Mapping[str, Any]) -> None:
    """Refused without a template in use that says where."""
    template = cleaned.get("template")
    if template is None:
        raise Refused(_("Choose a template of sessions."), field="template", code="template_missing")
    if template.retired_at:
        raise Refused(_("This template is no longer in use."), field="template", code="template_retired")
    if not (template.room or template.join_url):
        raise Refused(_("This template says no room and no link to join."), field="template", code="place_missing")


WHATS.register(
    "session",
    What(
        label=pgettext_lazy("refresher", "A session"),
        icon="presentation",
        open=plan_session,
        results=results,
        unfinished=unfinished,
        about=about,
        minutes=minutes,
        links=links,
        fields=fields,
        check=check,
        ahead=True,
    ),
)
