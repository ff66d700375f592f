"""A round of matching, until it is confirmed or discarded: who, by which rules, the best solution, changes by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.job_plans.models import JobPlanTemplate
from mentoring.matching.barriers import any_of
from mentoring.matching.facts import PARTS
from mentoring.matching.models import Match, MatchingRound, RoundMentor, RoundState
from mentoring.matching.reasons import barrier
from mentoring.matching.settling import facts_of, settle
from mentoring.mentors.models import MAX_CAPACITY
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

FARTHEST = timedelta(days=90)
MOST_MENTEES, MOST_MENTORS = 1000, 500
RULES = ("departments", "past_pairings", "shared_shift", "shared_language")


@dataclass(frozen=True)
class Draft:
    """What HR decides before it is reckoned. `pool` has the places of each mentor, by id; `criteria` the fields."""

    title: str
    starts_on: date
    pool: Mapping[int, int]
    criteria: Mapping[str, Any] = field(default_factory=dict)
    template: JobPlanTemplate | None = None
    goal: str = ""


@transaction.atomic
def open_round(draft: Draft, mentees: Sequence[User], *, by: User, on: date) -> MatchingRound:
    """Begin a round for these people and solve it."""
    if not mentees:
        raise Refused(_("Choose at least one mentee."), field="mentees", code="no_mentees")
    if len(mentees) > MOST_MENTEES:
        raise Refused(_("At most %(n)s people in a round.") % {"n": MOST_MENTEES}, field="mentees", code="too_many")
    _check(draft, on)
    found = MatchingRound(by=by)
    _fill(found, draft)
    return settle(found, on=on, fresh=[Match(round=found, mentee=mentee) for mentee in dict.fromkeys(mentees)])


@transaction.atomic
def change_round(matching: MatchingRound, draft: Draft, *, on: date) -> MatchingRound:
    """Other rules, weights, mentors or days for the same people; what was fixed by hand stays where it can."""
    found = locked(matching.pk)
    _check(draft, on, before=found.starts_on)
    _fill(found, draft)
    return settle(found, on=on)


def _fill(found: MatchingRound, draft: Draft) -> None:
    for name in ("title", "starts_on", "template", "goal"):
        setattr(found, name, getattr(draft, name))
    for name, value in draft.criteria.items():
        setattr(found, name, value)
    if not sum(int(getattr(found, name)) for name in PARTS):
        raise Refused(_("At least one thing has to count."), field="gaps", code="nothing_counts")
    found.save()
    found.pool.exclude(mentor__in=draft.pool).delete()
    RoundMentor.objects.bulk_create(
        [RoundMentor(round=found, mentor_id=mentor, places=places) for mentor, places in draft.pool.items()],
        update_conflicts=True,
        unique_fields=["round", "mentor"],
        update_fields=["places"],
    )


def _check(draft: Draft, on: date, *, before: date | None = None) -> None:
    if not draft.title.strip():
        raise Refused(_("Give the round a title."), field="title", code="no_title")
    if not draft.pool:
        raise Refused(_("Choose at least one mentor."), field="mentors", code="no_mentors")
    if len(draft.pool) > MOST_MENTORS:
        raise Refused(_("At most %(n)s mentors in a round.") % {"n": MOST_MENTORS}, field="mentors", code="too_many")
    if any(not 1 <= places <= MAX_CAPACITY for places in draft.pool.values()):
        raise Refused(_("A mentor has 1 to %(n)s places.") % {"n": MAX_CAPACITY}, field="mentors", code="places")
    if draft.starts_on < on and draft.starts_on != before:
        raise Refused(_("The date has passed."), field="starts_on", code="starts_in_past")
    if draft.starts_on > on + FARTHEST:
        raise Refused(_("At most %(days)s days ahead.") % {"days": FARTHEST.days}, field="starts_on", code="too_far")
    if draft.template and draft.template.retired_at:
        raise Refused(_("This template is retired."), field="template", code="template_retired")


def locked(pk: int) -> MatchingRound:
    """The round as it is now, locked; refused once it is over."""
    found = MatchingRound.objects.select_for_update().get(pk=pk)
    if found.state == RoundState.CONFIRMED:
        raise Refused(_("This round is confirmed; its pairings are changed one by one."), code="confirmed")
    if found.state == RoundState.DISCARDED:
        raise Refused(_("This round was discarded."), code="discarded")
    return found


@transaction.atomic
def solve_round(matching: MatchingRound, *, on: date) -> MatchingRound:
    """Reckon it anew by what is known now; what was fixed by hand stays where it can. A repeat gives the same."""
    return settle(locked(matching.pk), on=on)


@transaction.atomic
def add_mentees(matching: MatchingRound, people: Sequence[User], *, on: date) -> MatchingRound:
    """More people for a round; who is in it already stays as is."""
    found = locked(matching.pk)
    if not people:
        raise Refused(_("Choose at least one mentee."), field="mentees", code="no_mentees")
    if found.matches.count() + len(people) > MOST_MENTEES:
        raise Refused(_("At most %(n)s people in a round.") % {"n": MOST_MENTEES}, field="mentees", code="too_many")
    Match.objects.bulk_create((Match(round=found, mentee=mentee) for mentee in people), ignore_conflicts=True)
    return settle(found, on=on)


@transaction.atomic
def remove_mentee(match: Match, *, on: date) -> MatchingRound:
    """Take somebody out of the round; the last one stays. A repeat changes nothing."""
    found = locked(match.round_id)
    if found.matches.exclude(pk=match.pk).exists():
        found.matches.filter(pk=match.pk).delete()
        return settle(found, on=on)
    raise Refused(_("This is the last one; discard the round instead."), code="last_mentee")


@transaction.atomic
def fix_match(match: Match, mentor: User | None, *, on: date) -> Match:
    """Pair by hand with a mentor of the pool, or with nobody, and solve the others anew.

    The rules of the round may be broken so; what the acts of pairing refuse may not.
    """
    found = locked(match.round_id)
    row = found.matches.select_for_update(of=("self",)).filter(pk=match.pk).first()
    if row is None:
        raise Refused(_("This person is no longer in the round."), code="mentee_gone")
    if mentor is not None:
        _check_by_hand(found, row, mentor, on)
    row.mentor, row.is_fixed = mentor, True
    row.save(update_fields=["mentor", "is_fixed"])
    settle(found, on=on)
    row.refresh_from_db()
    return row


def _check_by_hand(found: MatchingRound, row: Match, mentor: User, on: date) -> None:
    offered = found.pool.filter(mentor=mentor).first()
    if offered is None:
        words = _("%(name)s is not in the pool of this round.")
        raise Refused(words % {"name": mentor}, field="mentor", code="not_in_pool")
    facts = facts_of(found, [row.mentee_id], [mentor.pk], on=on)
    if any_of(facts.known, facts.hard.values())[0, 0]:
        why = listed(barrier(code) for code in facts.hard if facts.hard[code][0, 0])
        words = _("%(name)s cannot be the mentor: %(why)s.")
        raise Refused(words % {"name": mentor, "why": why}, field="mentor", code="impossible")
    kept = found.matches.filter(mentor=mentor, is_fixed=True).exclude(pk=row.pk).count()
    if kept >= facts.task([offered.places], {}).places[0]:
        words = _("All places of %(name)s are given by hand already; loosen one first.")
        raise Refused(words % {"name": mentor}, field="mentor", code="all_fixed")


@transaction.atomic
def loosen(match: Match, *, on: date) -> Match:
    """Let the round decide again; a repeat changes nothing."""
    found = locked(match.round_id)
    found.matches.filter(pk=match.pk, is_fixed=True).update(is_fixed=False)
    settle(found, on=on)
    match.refresh_from_db()
    return match


@transaction.atomic
def discard_round(matching: MatchingRound) -> MatchingRound:
    """Throw the draft away; a repeat changes nothing, a confirmed round stays."""
    found = MatchingRound.objects.select_for_update().get(pk=matching.pk)
    if found.state == RoundState.DISCARDED:
        return found
    found = locked(matching.pk)
    found.state = RoundState.DISCARDED
    found.save(update_fields=["state"])
    return found
