"""What people are told about marking."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.attempts.models import Attempt
from assessments.marking.models import Marking
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind
from trainingsite.people.models import User


def tell_marked(attempt: Attempt) -> int:
    """Tell the person that everything is marked now."""
    return notify([_about(attempt, "attempt_marked", f"attempt:{attempt.pk}:marked")])


def tell_changed(attempt: Attempt, marking: Marking) -> int:
    """Tell the person that a corrected mark has changed the result."""
    return notify([_about(attempt, "attempt_mark_changed", f"marking:{marking.pk}:changed")])


def _about(attempt: Attempt, kind: str, key: str) -> Message:
    facts = {"quiz": attempt.quiz.unit.title}
    return Message(attempt.person_id, kind, key, facts, reverse("attempt", args=[attempt.pk]))


def tell_waiting(marker: User, count: int, *, on: date) -> int:
    """Tell a marker what waits, once a day."""
    message = Message(
        marker.pk, "answers_waiting", f"answers-waiting:{on.isoformat()}", {"n": count}, reverse("marking")
    )
    return notify([message])


def _waiting(facts: dict[str, Any]) -> str:
    return ngettext("%(n)s answer waits to be marked", "%(n)s answers wait to be marked", facts["n"]) % facts


def _marked(facts: dict[str, Any]) -> str:
    return _("“%(quiz)s” is marked: see your result") % facts


def _changed(facts: dict[str, Any]) -> str:
    return _("A mark of “%(quiz)s” was corrected: see your result") % facts


KINDS.register("answers_waiting", Kind(_waiting, icon="clipboard-text"))
KINDS.register("attempt_marked", Kind(_marked, icon="circle-check"))
KINDS.register("attempt_mark_changed", Kind(_changed, icon="refresh"))
