"""Make the pairings of a round: all of them or none."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.matching.gone import without_guidance
from mentoring.matching.models import Match, MatchingRound, RoundState
from mentoring.matching.rounds import locked
from mentoring.pairings.actions import change_mentor, pair
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

Problems = dict[int, str]  # match → why it cannot be


class _Undone(Exception):  # noqa: N818 - never leaves this module
    """Some pairs cannot be made, so that none is."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self.problems = problems


def confirm_round(matching: MatchingRound, *, by: User, on: date, at: datetime, tell: bool = True) -> MatchingRound:
    """Pair all as proposed; everything is checked anew. A repeat changes nothing.

    When a pair may not be any more, nothing is created, and the reason stands at its row.
    """
    try:
        return _confirm(matching, by, on, at, tell)
    except _Undone as undone:
        problems = undone.problems
    _write_down(matching, problems)
    words = ngettext(
        "%(n)s pair cannot be made any more; nothing was created. The reason stands in its row.",
        "%(n)s pairs cannot be made any more; nothing was created. The reasons stand in their rows.",
        len(problems),
    )
    rows = [(match, "mentor", text) for match, text in problems.items()]
    raise Refused(words % {"n": len(problems)}, code="not_possible", rows=rows)


@transaction.atomic
def _confirm(matching: MatchingRound, by: User, on: date, at: datetime, tell: bool) -> MatchingRound:
    found = MatchingRound.objects.select_for_update(of=("self",)).get(pk=matching.pk)
    if found.state == RoundState.CONFIRMED:
        return found
    found = locked(matching.pk)
    pairs = list(found.matches.filter(mentor__isnull=False).select_related("mentor", "mentee").order_by("pk"))
    if not pairs:
        raise Refused(_("There is nobody to pair."), code="nobody")
    problems = _make(found, pairs, by, max(found.starts_on, on), tell)
    if problems:
        raise _Undone(problems)
    Match.objects.bulk_update(pairs, ["pairing", "problem"], batch_size=250)
    found.state, found.confirmed_at = RoundState.CONFIRMED, at
    found.save(update_fields=["state", "confirmed_at"])
    return found


def _make(found: MatchingRound, pairs: list[Match], by: User, on: date, tell: bool) -> Problems:
    """Pair each of them; one that is refused does not keep the others from being checked."""
    left = {row.mentee_id: row for row in without_guidance(on).filter(mentee__in=[match.mentee_id for match in pairs])}
    problems: Problems = {}
    for match in pairs:
        try:
            with transaction.atomic():
                match.pairing = _pair(found, match, left.get(match.mentee_id), by, on, tell)
                match.problem = ""
        except Refused as refusal:
            problems[match.pk] = str(refusal.message)
    return problems


def _pair(found: MatchingRound, match: Match, left: Pairing | None, by: User, on: date, tell: bool) -> Pairing:
    """A new pairing, or a change of mentor for whoever was left by theirs."""
    mentor, mentee = match.mentor, match.mentee
    assert mentor is not None  # noqa: S101 - only matches with a mentor are confirmed
    if left is not None:
        note = _("Matching “%(title)s” by %(name)s") % {"title": found.title, "name": by}
        return change_mentor(left, mentor, on=on, reason_note=note, tell=tell)
    return pair(mentor, mentee, on=on, goal=found.goal, template=found.template, tell=tell)


@transaction.atomic
def _write_down(matching: MatchingRound, problems: Problems) -> None:
    rows = list(Match.objects.select_for_update(of=("self",)).filter(round=matching.pk))
    for match in rows:
        match.problem = problems.get(match.pk, "")[:300]
    Match.objects.bulk_update(rows, ["problem"], batch_size=250)
