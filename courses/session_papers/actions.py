"""Give a session its materials, its minutes and its recording; tell those who were there; ask them what it was like."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pghistory
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from courses.media.models import Media
from courses.session_papers.feedback import FEEDBACK
from courses.session_papers.models import SessionMaterial, SessionMinutes, SessionToDo, When
from courses.session_papers.notices import tell_papers, tell_to_do
from courses.sessions.models import Noted, Session
from trainingsite.core.errors import Refused
from trainingsite.core.one_by_one import one_by_one
from trainingsite.people.models import User

MOST_MATERIALS = 40
ASKED_WITHIN = timedelta(days=7)  # later nobody remembers what it was like
ROSTER_TIME = timedelta(days=1)  # how long a roster may take before those noted so far are asked


@dataclass(frozen=True)
class ToDo:
    """What somebody is to do, as it was typed."""

    text: str
    person_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Paper:
    """The minutes as they were written, and where the recording is."""

    text: str = ""
    decisions: str = ""
    recording: Media | None = None
    recording_url: str = ""
    todos: Sequence[ToDo] = ()


def _as(by: User | None) -> AbstractContextManager[object]:
    kept: AbstractContextManager[object] = pghistory.context(user=by.pk if by else None)
    return kept


@transaction.atomic
def add_material(
    session: Session, *, title: str, by: User | None, when: str = When.BEFORE, media: Media | None = None, url: str = ""
) -> SessionMaterial:
    """Add a file or a link; the same one again, for the same time, is the one that is there."""
    if (media is None) == (not url):
        raise Refused(_("Choose a file or give a link, one of the two."), field="file", code="nothing_added")
    found = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if known := found.materials.filter(media=media, url=url, when=when).first():
        return known
    numbers = found.materials.aggregate(n=Count("pk"), last=Max("position"))
    if numbers["n"] >= MOST_MATERIALS:
        raise Refused(_("A session has at most %(n)s materials.") % {"n": MOST_MATERIALS}, code="too_many")
    name = title.strip() or (media.name if media else url)
    with _as(by):
        return found.materials.create(
            title=name[:100], when=when, media=media, url=url, position=(numbers["last"] or 0) + 1
        )


@transaction.atomic
def remove_material(material: SessionMaterial, *, by: User | None) -> None:
    """Take it away from the session; the file itself stays in the library. A repeat changes nothing."""
    with _as(by):
        SessionMaterial.objects.filter(pk=material.pk).delete()


@transaction.atomic
def save_minutes(session: Session, paper: Paper, *, by: User | None, at: datetime) -> SessionMinutes:
    """Keep what was said, decided and is to be done; to-dos that are written again keep whether they are done."""
    found = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if found.cancelled_at:
        raise Refused(_("This session was cancelled."), code="session_cancelled")
    if found.starts_at > at:
        raise Refused(_("Minutes are written when it has begun."), code="session_not_begun")
    if paper.recording and paper.recording_url:
        text = _("The recording is a file or a link, one of the two.")
        raise Refused(text, field="recording_url", code="two_recordings")
    fields = {name: getattr(paper, name) for name in ("text", "decisions", "recording", "recording_url")}
    with _as(by):
        minutes, _new = SessionMinutes.objects.update_or_create(session=found, defaults={**fields, "written_by": by})
        _save_todos(found, paper.todos)
    return minutes


def _save_todos(session: Session, wanted: Sequence[ToDo]) -> None:
    known = {(todo.text, todo.person_id): todo for todo in session.todos.all()}
    kept = set()
    for position, each in enumerate(wanted):
        todo = known.get((each.text, each.person_id)) or SessionToDo(session=session)
        todo.text, todo.person_id, todo.due_on, todo.position = each.text, each.person_id, each.due_on, position
        todo.save()
        kept.add(todo.pk)
        if todo.person_id:
            tell_to_do(todo)
    session.todos.exclude(pk__in=kept).delete()


@transaction.atomic
def tell_who_was_there(session: Session, *, by: User | None, at: datetime) -> int:
    """Tell those who were there that minutes, recording or materials are to be had; once for ever.

    Returns how many were told now.
    """
    Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if session.ends_at > at:
        raise Refused(_("It is not over yet."), code="session_not_over")
    minutes = SessionMinutes.objects.filter(session=session).first()
    if minutes and minutes.told_at:
        return 0
    if not (has_something(minutes) or session.materials.filter(when=When.AFTER).exists()):
        raise Refused(_("There is nothing to tell of: no minutes, no recording, no material."), code="nothing_there")
    there = list(who_was_there(session))
    if not there:
        raise Refused(_("Nobody is noted as present yet."), code="nobody_there")
    with _as(by):
        SessionMinutes.objects.update_or_create(session=session, defaults={"told_at": at})
    return tell_papers(session, there)


def has_something(minutes: SessionMinutes | None) -> bool:
    """Whether there is anything to read or to see in it."""
    return bool(minutes and (minutes.text or minutes.decisions or minutes.recording_id or minutes.recording_url))


def who_was_there(session: Session) -> list[int]:
    present = session.places.filter(seat__isnull=False, attended_at__isnull=False)
    return list(present.order_by("pk").values_list("person_id", flat=True))


@transaction.atomic
def tick(todo: SessionToDo, *, done: bool, at: datetime) -> SessionToDo:
    """Note that it is done, or that it is not after all; a repeat changes nothing."""
    found = SessionToDo.objects.select_for_update(of=("self",)).get(pk=todo.pk)
    if bool(found.done_at) != done:
        found.done_at = at if done else None
        found.save(update_fields=["done_at"])
    return found


def ask_feedback_due(*, at: datetime) -> int:
    """Ask those who were at the sessions that have ended; each session once. Returns how many people were asked.

    It waits for the roster for a day, then those are asked who are noted by then.
    """
    ended = (
        Session.objects.standing()
        .exclude(feedback="")
        .filter(feedback_sent_at=None, ends_at__lte=at, ends_at__gt=at - ASKED_WITHIN)
    )
    silent = Q(places__seat__isnull=False, places__attended_at=None, places__noted_by=Noted.NOT)
    complete = Q(open=0) | Q(ends_at__lte=at - ROSTER_TIME)
    ready = ended.annotate(open=Count("places", filter=silent)).filter(complete).order_by("ends_at", "pk")
    known = [session for session in ready if session.feedback in FEEDBACK]
    return one_by_one(known, lambda session: _ask(session, at), what="session")


@transaction.atomic
def _ask(session: Session, at: datetime) -> int:
    found = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    there = who_was_there(found)
    if found.feedback_sent_at or not there:
        return 0
    found.feedback_sent_at = at
    found.save(update_fields=["feedback_sent_at"])
    return FEEDBACK[found.feedback].send(found, there, at)
