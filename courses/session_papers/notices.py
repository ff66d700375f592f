"""What people are told of the papers of a session."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.session_papers.models import SessionToDo
from courses.sessions.models import Session
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

Facts = dict[str, Any]


def tell_papers(session: Session, people: Iterable[int]) -> int:
    """That minutes, recording or materials are there; the key lets nobody hear it twice."""
    url = reverse("session", args=[session.pk])
    return notify(
        Message(person, "session_papers", f"session:{session.pk}:papers", {"title": session.title}, url)
        for person in people
    )


def tell_to_do(todo: SessionToDo) -> int:
    """That somebody is to do something; once."""
    if todo.person_id is None:
        return 0
    facts = {"text": todo.text, "title": todo.session.title, "due_on": todo.due_on and todo.due_on.isoformat()}
    url = reverse("session", args=[todo.session_id])
    return notify([Message(todo.person_id, "session_todo", f"session-todo:{todo.pk}", facts, url)])


def _papers(facts: Facts) -> str:
    return _("Minutes and materials of “%(title)s” are there") % facts


def _todo(facts: Facts) -> str:
    return _("To do after “%(title)s”: %(text)s") % facts


def _due(facts: Facts) -> str:
    if not facts["due_on"]:
        return ""
    return _("Due on %(day)s.") % {"day": date_format(date.fromisoformat(facts["due_on"]), "DATE_FORMAT")}


KINDS.register("session_papers", Kind(_papers, icon="notebook"))
KINDS.register("session_todo", Kind(_todo, icon="checkbox", body=_due))
