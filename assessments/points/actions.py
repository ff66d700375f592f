"""Give points by hand, and take entries back by a counter-entry; what events earn is in `earning`."""

from calendar import monthrange
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from assessments.acts import GIVE_POINTS, VOID_POINTS, WRITE_POINTS
from assessments.points.earning import Earned, as_it_happened, earn
from assessments.points.events import GIVEN
from assessments.points.models import PointEntry, PointRule
from assessments.points.notices import tell_given, tell_voided
from assessments.points.rules import RuleBook
from trainingsite.core.days import company_day, end_of, start_of
from trainingsite.core.errors import Refused
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

__all__ = ["Earned", "as_it_happened", "earn", "give", "left_this_month", "void_entry"]

GIFTS_A_MONTH = 2  # a person gets at most as much by hand in a month as so many of the largest gifts


@transaction.atomic
def give(person: User, points: int, *, reason: str, by: User, at: datetime, key: str = "") -> PointEntry:
    """Give points by hand and tell the person; the same key again gives the entry that there is.

    The rule of the event states the most for one gift. Refused for oneself, for people whom one does not see, without
    a reason, and past what a person may get in a month.
    """
    key = key or uuid4().hex
    User.objects.select_for_update(no_key=True).get(pk=person.pk)  # one gift after the other, for the month's limit
    if found := PointEntry.objects.filter(person=person, event=GIVEN, key=key, counter_of=None).first():
        return found
    rule = RuleBook([GIVEN]).on(GIVEN, company_day(at))
    _check_gift(person, points, rule, reason=reason, by=by, at=at)
    made = PointEntry.objects.create(
        person=person,
        event=GIVEN,
        key=key,
        title=_("Given by %(name)s") % {"name": by},
        points=points,
        half_life_days=rule.half_life_days if rule else None,
        rule=rule,
        at=at,
        recorded_at=at,
        by=by,
        reason=reason.strip(),
    )
    tell_given(made)
    return made


def _check_gift(person: User, points: int, rule: PointRule | None, *, reason: str, by: User, at: datetime) -> None:
    if person.pk == by.pk:
        raise Refused(_("Nobody gives points to oneself."), field="person", code="oneself")
    if not _may(by, GIVE_POINTS) or not User.objects.people().filter(records_seen_by(by, ""), pk=person.pk).exists():
        raise Refused(_("You give no points to this person."), field="person", code="not_yours")
    if not reason.strip():
        raise Refused(_("Say what for; the person reads it."), field="reason", code="reason_missing")
    if rule is None or not rule.points:
        raise Refused(_("No points are given by hand at present; no rule says how many."), code="no_rule")
    if not 1 <= points <= rule.points:
        text = _("A gift is 1 to %(most)s points.") % {"most": rule.points}
        raise Refused(text, field="points", code="points_out_of_range")
    if points > (left := left_this_month(person, rule, at=at)):
        text = _("%(name)s can get %(left)s more points by hand this month.") % {"name": person, "left": left}
        raise Refused(text, field="points", code="month_is_full")


def left_this_month(person: User, rule: PointRule, *, at: datetime) -> int:
    """How many points the person may still get by hand in the month of `at`, from whomever; voided ones count not."""
    first = company_day(at).replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    gifts = PointEntry.objects.filter(person=person, event=GIVEN, at__gte=start_of(first), at__lte=end_of(last))
    got = gifts.aggregate(sum=Sum("points"))
    return max(rule.points * GIFTS_A_MONTH - int(got["sum"] or 0), 0)


@transaction.atomic
def void_entry(entry: PointEntry, *, reason: str, by: User, at: datetime) -> PointEntry:
    """Take an entry back by its counter-entry, and tell the person; a repeat gives the one that there is.

    The counter-entry has the entry's own moment, so that both fade alike, and counts from `at` on.
    """
    held = PointEntry.objects.select_for_update(of=("self",)).select_related("person").get(pk=entry.pk)
    if held.counter_of_id:
        raise Refused(_("This is a counter-entry itself; it stays."), code="counter_entry")
    if found := PointEntry.objects.filter(counter_of=held).first():
        return found
    if held.person_id == by.pk:
        raise Refused(_("Nobody changes the own points."), code="oneself")
    if not _may(by, VOID_POINTS):
        raise Refused(_("Only HR takes points back."), code="not_yours")
    if not reason.strip():
        raise Refused(_("Say why; the person reads it."), field="reason", code="reason_missing")
    made = _counter(held, reason.strip(), by, at)
    tell_voided(made, held)
    return made


def _counter(entry: PointEntry, reason: str, by: User, at: datetime) -> PointEntry:
    copied = ("person_id", "event", "key", "title", "competency_id", "factor", "half_life_days")
    same = {name: getattr(entry, name) for name in (*copied, "rule_id", "weights_id", "at")}
    points = -Decimal(entry.points)
    return PointEntry.objects.create(**same, points=points, counter_of=entry, reason=reason, by=by, recorded_at=at)


def _may(by: User, act: str) -> bool:
    """At the pages by the act itself; a client of the API by that of writing points."""
    return by.may(act) or by.may(WRITE_POINTS)
