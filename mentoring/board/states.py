"""On track, late or at risk: what speaks against a pair, judged in the database."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import Greatest, Least
from django.utils.translation import pgettext_lazy

from mentoring.board.facts import with_facts
from mentoring.checkins.models import Progress
from mentoring.guidance.models import GuidanceRule
from mentoring.pairings.models import PairingQuerySet

AGREE_WITHIN = timedelta(days=3)  # what both have to agree on is late after that
UNAGREED = Q(mentor_agreed_at=None) | Q(mentee_agreed_at=None)
LAST_DAYS = timedelta(days=7)  # before the end no further check-in need be planned


class State(models.IntegerChoices):
    ON_TRACK = 0, pgettext_lazy("pairing", "On track")
    LATE = 1, pgettext_lazy("pairing", "Late")
    AT_RISK = 2, pgettext_lazy("pairing", "At risk")

    @property
    def key(self) -> str:
        """How addresses and clients name it."""
        return self.name.lower()


@dataclass(frozen=True)
class Sign:
    """Something that speaks against a pair: when it makes it late, and when it puts it at risk."""

    late: Q | None = None
    risk: Q | None = None


def signs(*, on: date, rule: GuidanceRule) -> dict[str, Sign]:
    """All signs by name, the gravest first. What people have yet to write is late, but never a risk by itself."""
    long_ago = on - timedelta(days=rule.at_risk_after)
    goes_on = Q(ends=None) | Q(ends__gt=on + LAST_DAYS)
    return {
        "gone": Sign(risk=Q(is_gone=True)),
        "stuck": Sign(late=Q(last_progress=Progress.SLOW), risk=Q(last_progress=Progress.STUCK)),
        "tasks": _by_day("late_since", on, long_ago),
        "checkin": _by_day("next_due_on", on, long_ago),
        "over": _by_day("ends", on, long_ago),
        "away": Sign(late=Q(away_until__gte=on + timedelta(days=rule.at_risk_after))),
        "unplanned": Sign(late=Q(next_due_on=None, started_on__lte=on) & goes_on),
        "half": Sign(late=Q(half_time__lt=on, half_time__gte=F("started_on")) & _unsaid("half")),
        "end": Sign(late=Q(ends__lt=on) & _unsaid("end")),
        "agreement": Sign(late=Q(started_on__lte=on - AGREE_WITHIN, ends__isnull=False) & UNAGREED),
    }


def _by_day(field: str, on: date, long_ago: date) -> Sign:
    return Sign(late=Q(**{f"{field}__lt": on}), risk=Q(**{f"{field}__lte": long_ago}))


def _unsaid(moment: str) -> Q:
    """One of the two has yet to evaluate the other, where the plan asks for it."""
    asked = Q(plan=None) | Q(plan__needs_evaluations=True)
    return asked & _one_is_missing(moment)


def _one_is_missing(moment: str) -> Q:
    return Q(**{f"{moment}_mentor": False}) | Q(**{f"{moment}_mentee": False})


def with_state(pairings: PairingQuerySet, *, on: date, rule: GuidanceRule) -> Any:
    """Adds `state`, the level of each sign as `sign_<name>`, and `since`, the first day on which something was due."""
    levels: dict[str, Any] = {f"sign_{name}": _level(sign) for name, sign in signs(on=on, rule=rule).items()}
    rows = with_facts(pairings, on=on).annotate(**levels)
    worst = Greatest(*(F(name) for name in levels), output_field=IntegerField())
    return rows.annotate(state=worst, since=Least("late_since", "next_due_on", "ends"))


def _level(sign: Sign) -> Case:
    known = [(State.AT_RISK, sign.risk), (State.LATE, sign.late)]
    whens = [When(condition, then=Value(state.value)) for state, condition in known if condition is not None]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def worst_first(pairings: Any) -> Any:
    """By state, then what has waited longest. Needs `with_state`."""
    return pairings.order_by("-state", F("since").asc(nulls_last=True), "pk")


def counts(pairings: Any) -> dict[State, int]:
    """How many there are of each state, in one query. Needs `with_state`."""
    found = dict(pairings.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n"))
    return {state: found.get(state.value, 0) for state in State}
