"""What people are told when other terms hold for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from assessments.overrides.models import SETTINGS, Override
from assessments.overrides.shown import in_words
from assessments.overrides.terms import Grant
from courses.models import Enrolment
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

GIVEN, ENDED = "quiz_terms_given", "quiz_terms_ended"


def tell_given(override: Override, people: Sequence[int], *, at: datetime) -> int:
    """Tell those who have the course open what holds for them from now on; why stays with who decided."""
    terms = {name: _plain(getattr(override, name)) for name in SETTINGS}
    return _tell(GIVEN, override, people, at, terms)


def tell_ended(override: Override, people: Sequence[int], *, at: datetime) -> int:
    return _tell(ENDED, override, people, at, {})


def _tell(kind: str, override: Override, people: Sequence[int], at: datetime, terms: dict[str, Any]) -> int:
    unit = override.quiz.unit
    learning = Enrolment.objects.filter(person__in=people, course=unit.course_id, completed_at=None, withdrawn_at=None)
    facts = {"quiz": unit.title, "terms": terms}
    key = f"override:{override.pk}:{at.isoformat()}"
    return notify(
        Message(person, kind, key, facts, reverse("quiz", args=[enrolment, unit.pk]))
        for enrolment, person in learning.values_list("pk", "person")
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _given(facts: dict[str, Any]) -> str:
    return _("Other terms hold for you in “%(quiz)s”") % facts


def _terms(facts: dict[str, Any]) -> str:
    said: dict[str, Any] = dict(facts["terms"])
    for name in ("opens_at", "closes_at"):
        said[name] = parse_datetime(said[name]) if said[name] else None
    return "\n".join(in_words(Grant(**said)))


def _ended(facts: dict[str, Any]) -> str:
    return _("The usual terms hold for you again in “%(quiz)s”") % facts


KINDS.register(GIVEN, Kind(_given, icon="hourglass", body=_terms))
KINDS.register(ENDED, Kind(_ended, icon="hourglass"))
