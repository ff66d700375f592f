"""The rules of points: which one is in force on a day, and new ones."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from assessments.points.events import EVENTS, in_order
from assessments.points.models import MOST_POINTS, PointRule
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST_HALF_LIFE = 3650  # days
SUGGESTION = gettext_noop("Taken over as suggested")


class Terms(NamedTuple):
    """What a rule states."""

    points: int
    half_life_days: int | None
    valid_from: date


class RuleBook:
    """The rules of some events, read once; `on` gives the one that was in force on a day."""

    def __init__(self, events: Collection[str], *beside: str) -> None:
        self._rules: dict[str, list[PointRule]] = {}
        newest_first = PointRule.objects.filter(event__in=events).order_by("-valid_from", "-number")
        if beside:
            newest_first = newest_first.select_related(*beside)
        for rule in newest_first:
            self._rules.setdefault(rule.event, []).append(rule)

    def on(self, event: str, day: date) -> PointRule | None:
        """The last rule that had begun by the day, the later one of two that began together."""
        return next((rule for rule in self._rules.get(event, []) if rule.valid_from <= day), None)

    def all_of(self, event: str) -> list[PointRule]:
        """Every rule of the event, the one that begins last before the others."""
        return self._rules.get(event, [])

    def __bool__(self) -> bool:
        return bool(self._rules)


@transaction.atomic
def save_rule(event: str, terms: Terms, *, reason: str, by: User | None, on: date) -> PointRule:
    """State what the event earns from a day on; the rule before it holds until then.

    Refused when it begins in the past, without a reason, and when nothing would change.
    """
    _check(event, terms, reason, on)
    book = RuleBook([event])
    before = book.on(event, terms.valid_from)
    if before and (before.points, before.half_life_days) == terms[:2]:
        raise Refused(pgettext("points", "This is what holds then anyway."), code="nothing_new")
    number = max((rule.number for rule in book.all_of(event)), default=0) + 1
    try:
        with transaction.atomic():
            return PointRule.objects.create(event=event, number=number, reason=reason.strip(), by=by, **terms._asdict())
    except IntegrityError as error:
        raise Refused(
            _("Somebody else changed it at the same moment; look again."), code="changed_meanwhile"
        ) from error


def _check(event: str, terms: Terms, reason: str, on: date) -> None:
    if event not in EVENTS:
        raise Refused(_("There is no such event."), field="event", code="unknown_event")
    if not 0 <= terms.points <= MOST_POINTS:
        text = _("From 0 to %(most)s points.") % {"most": MOST_POINTS}
        raise Refused(text, field="points", code="points_out_of_range")
    if terms.half_life_days is not None and not 1 <= terms.half_life_days <= LONGEST_HALF_LIFE:
        text = _("From 1 to %(most)s days, or empty for points that last.") % {"most": LONGEST_HALF_LIFE}
        raise Refused(text, field="half_life_days", code="half_life_out_of_range")
    if terms.valid_from < on:
        raise Refused(_("A rule cannot begin in the past: what was earned stays."), field="valid_from", code="past")
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")


@transaction.atomic
def take_suggestions(*, by: User | None, on: date) -> list[PointRule]:
    """Give each event that has no rule yet the one that is suggested, from the day on; a repeat adds none."""
    having = set(PointRule.objects.values_list("event", flat=True))
    return [
        save_rule(event, Terms(*kind.suggested, on), reason=_(SUGGESTION), by=by, on=on)
        for event, kind in in_order().items()
        if event not in having
    ]
