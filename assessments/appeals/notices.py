"""What people are told about appeals."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.appeals.models import Appeal, State
from assessments.marking.models import Team
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User


def tell_made(appeal: Appeal) -> int:
    """Tell the owner of the course and its markers; without any, HR."""
    course = appeal.response.attempt.quiz.unit.course
    team = Team.objects.filter(course=course)
    people = User.objects.filter(Q(pk=course.owner_id) | Q(pk__in=team.values("people")), is_active=True)
    return _tell(appeal, "appeal_made", people if people.exists() else _hr())


def tell_overdue(appeal: Appeal) -> int:
    """Tell HR and the owner of the course that an answer is owed."""
    owner = appeal.response.attempt.quiz.unit.course.owner_id
    people = User.objects.filter(Q(pk=owner) | Q(pk__in=_hr()), is_active=True)
    return _tell(appeal, "appeal_overdue", people)


def _hr() -> Any:
    return User.objects.filter(grants__role=Role.HR, is_active=True).values("pk")


def _tell(appeal: Appeal, kind: str, people: Any) -> int:
    own = appeal.response.attempt.person_id
    ids: Iterable[int] = set(User.objects.filter(pk__in=people.values("pk")).values_list("pk", flat=True)) - {own}
    url = reverse("appeal", args=[appeal.pk])
    return notify(Message(pk, kind, f"appeal:{appeal.pk}:{kind}", _facts(appeal), url) for pk in ids)


def tell_answered(appeal: Appeal) -> int:
    """Tell the person what came of it."""
    kind = "appeal_upheld" if appeal.state == State.UPHELD else "appeal_dismissed"
    facts = _facts(appeal) | {"reason": appeal.reason[:300]}
    url = reverse("appeal", args=[appeal.pk])
    return notify([Message(appeal.response.attempt.person_id, kind, f"appeal:{appeal.pk}:answered", facts, url)])


def _facts(appeal: Appeal) -> dict[str, Any]:
    attempt = appeal.response.attempt
    return {"quiz": attempt.quiz.unit.title, "person": attempt.person.name, "n": appeal.response.position}


def _made(facts: dict[str, Any]) -> str:
    return _("%(person)s appeals against question %(n)s of “%(quiz)s”") % facts


def _overdue(facts: dict[str, Any]) -> str:
    return _("The appeal of %(person)s against question %(n)s of “%(quiz)s” is not answered in time") % facts


def _upheld(facts: dict[str, Any]) -> str:
    return _("Your appeal in “%(quiz)s” was upheld: question %(n)s has a new mark") % facts


def _dismissed(facts: dict[str, Any]) -> str:
    return _("Your appeal in “%(quiz)s” was answered: the mark of question %(n)s stands") % facts


def _reason(facts: dict[str, Any]) -> str:
    return str(facts.get("reason", ""))


KINDS.register("appeal_made", Kind(_made, icon="gavel"))
KINDS.register("appeal_overdue", Kind(_overdue, icon="alert-triangle"))
KINDS.register("appeal_upheld", Kind(_upheld, icon="circle-check", body=_reason))
KINDS.register("appeal_dismissed", Kind(_dismissed, icon="gavel", body=_reason))
