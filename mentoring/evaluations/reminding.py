"""Ask for evaluations: when they open, and once more before it is too late."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from mentoring.evaluations.due import given_in, open_for, window, with_given
from mentoring.evaluations.models import Moment
from mentoring.guidance.models import GuidanceRule
from mentoring.job_plans.models import Side
from mentoring.pairings.models import EndReason, Pairing
from trainingsite.notices.actions import Message, notify

DAY = timedelta(days=1)


@transaction.atomic
def remind(*, on: date) -> int:
    """Tell everybody whose evaluation is open; a repeat on the day tells nobody. Returns the new notices."""
    rule = GuidanceRule.objects.current()
    lately = Q(ended_on__gte=on - timedelta(days=rule.evaluate_within), end_reason=EndReason.REACHED)
    rows = with_given(Pairing.objects.filter(Q(ended_on=None) | lately))
    pairings = rows.select_related("mentor", "mentee", "plan").order_by("pk")
    return notify(
        _message(pairing, side, moment, on, rule)
        for pairing in pairings
        for side, moment in open_for(pairing, on, rule, given_in(pairing))
    )


def _message(pairing: Pairing, side: Side, moment: Moment, on: date, rule: GuidanceRule) -> Message:
    person, other = pairing.mentor, pairing.mentee
    if side == Side.MENTEE:
        person, other = other, person
    key = f"pairing_evaluation:{pairing.pk}:{side.value}:{moment.value}:{_stage(pairing, moment, on, rule)}"
    url = reverse("pairing-evaluate", args=[pairing.pk, moment.value])
    return Message(person.pk, "pairing_evaluation", key, {"other": other.name, "moment": moment.value}, url)


def _stage(pairing: Pairing, moment: Moment, on: date, rule: GuidanceRule) -> str:
    days = window(pairing, moment, rule)
    last = (days[1] if days else None) or pairing.planned_end
    return "again" if last and on >= last - DAY else "open"
