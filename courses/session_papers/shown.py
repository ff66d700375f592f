"""Who sees which papers of a session, and what its page says of them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from courses.acts import PLAN, VIEW_PLANS
from courses.media.actions import media_url
from courses.media.models import Media
from courses.session_papers.actions import has_something
from courses.session_papers.feedback import FEEDBACK
from courses.session_papers.models import SessionMaterial, SessionMinutes, SessionToDo, When, has_place
from courses.sessions.models import Session
from courses.sessions.rights import runs
from trainingsite.core import clock
from trainingsite.people.models import User


def files_shown(user: User) -> Q:
    """Files of the sessions that the person has a seat in; what is for afterwards only when it has ended."""
    ripe = ~Q(when=When.AFTER) | Q(session__ends_at__lte=Now())
    materials = SessionMaterial.objects.filter(ripe, has_place(user), media=OuterRef("pk"))
    recordings = SessionMinutes.objects.filter(has_place(user), recording=OuterRef("pk"))
    return Q(Exists(materials)) | Q(Exists(recordings))


def papers(session: Session, user: User) -> dict[str, Any] | None:
    """The part of the page; None when there is nothing, and nothing to add."""
    keeps, over = runs(session, user), session.ends_at <= clock.now()
    if not (keeps or user.may(VIEW_PLANS) or session.places.filter(person=user, seat__isnull=False).exists()):
        return None
    materials = list(SessionMaterial.objects.filter(session=session).for_guests())
    if not (keeps or over):
        materials = [material for material in materials if material.when == When.BEFORE]
    minutes = SessionMinutes.objects.filter(session=session).select_related("recording", "written_by").first()
    todos = list(SessionToDo.objects.filter(session=session).select_related("person"))
    if not (materials or minutes or todos or keeps):
        return None
    return {
        "keeps": keeps,
        "begun": session.starts_at <= clock.now(),
        "over": over,
        "groups": _groups(materials),
        "minutes": minutes,
        "recording": _recording(minutes),
        "written": has_something(minutes) or bool(todos),
        "to_tell": has_something(minutes) or any(material.when == When.AFTER for material in materials),
        "todos": [(todo, keeps or todo.person_id == user.pk) for todo in todos],
    }


def _groups(materials: list[SessionMaterial]) -> list[tuple[str, list[tuple[SessionMaterial, str]]]]:
    """The materials by when they are for, each with its address."""
    found = []
    for when in When:
        rows = [(each, address(each.media, each.url)) for each in materials if each.when == when]
        if rows:
            found.append((str(when.label), rows))
    return found


def address(media: Media | None, url: str) -> str:
    """Where a file or a link leads."""
    return media_url(media) if media else url


def _recording(minutes: SessionMinutes | None) -> dict[str, Any] | None:
    if minutes is None or not (minutes.recording or minutes.recording_url):
        return None
    media = minutes.recording
    return {
        "media": media,
        "address": address(media, minutes.recording_url),
        "is_video": media and media.kind == "video",
    }


def feedback(session: Session, user: User) -> dict[str, Any] | None:
    """For HR and whoever gave it: how many answered, and how they found it."""
    if not runs(session, user) or session.feedback not in FEEDBACK:
        return None
    way = FEEDBACK[session.feedback]
    results = way.results(session) if session.feedback_sent_at else None
    return {"label": way.label, "results": results, "may_open": user.may(PLAN)}
