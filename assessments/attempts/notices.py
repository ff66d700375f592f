"""What people are told about attempts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.attempts.models import ExtraAttempt
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

EXTRA_ATTEMPT = "extra_attempt"


def _extra_attempt(facts: dict[str, Any]) -> str:
    return _("You have one more attempt at “%(quiz)s”.") % facts


KINDS.register(EXTRA_ATTEMPT, Kind(subject=_extra_attempt, icon="list-check"))


def tell_extra_attempt(extra: ExtraAttempt) -> None:
    unit = extra.quiz.unit
    message = Message(
        person_id=extra.enrolment.person_id,
        kind=EXTRA_ATTEMPT,
        key=f"extra-attempt:{extra.pk}",
        facts={"quiz": unit.title},
        url=reverse("quiz", args=[extra.enrolment_id, unit.pk]),
    )
    notify([message])
