"""Change how levels are derived, from a day on; and see before whose level would move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.ratings import statements
from assessments.ratings.checking_rules import check_draft
from assessments.ratings.deriving import BATCH, REDERIVE, levels_of
from assessments.ratings.models import CurrentLevel, RatingRule
from assessments.ratings.ready import lock_rules
from assessments.ratings.reckoning import Terms
from trainingsite.core.days import company_day, start_of
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.people.models import User

SHOWN = 20
FIELDS = ("window_days", "half_life_days", "fewest", "person_suffices", "source_weights", "bands")


@dataclass(frozen=True)
class RuleDraft:
    """A rule that somebody thinks of; `source_weights` by source, `bands` by the number of levels."""

    valid_from: date
    window_days: int
    half_life_days: int
    fewest: int
    person_suffices: bool
    source_weights: Mapping[str, float] = field(default_factory=dict)
    bands: Mapping[str, Sequence[float]] = field(default_factory=dict)


def draft_of(rule: RatingRule, valid_from: date) -> RuleDraft:
    """The rule as a draft to change."""
    return RuleDraft(valid_from, **{name: getattr(rule, name) for name in FIELDS})


@transaction.atomic
def publish_rule(draft: RuleDraft, *, reason: str, by: User | None, at: datetime) -> RatingRule:
    """Let the rule count from its day on; a worker derives all levels by it then (today: at once).

    Refused for the past, without a reason, with numbers that cannot be, and when it says nothing new.
    """
    lock_rules()
    check_draft(draft)
    check_begins(draft.valid_from, at)
    if not reason.strip():
        raise Refused(_("Say why, so that it can be understood later."), field="reason", code="reason_missing")
    _check_new(draft, at)
    last = RatingRule.objects.order_by("-number").first()
    rule = RatingRule.objects.create(
        number=last.number + 1 if last else 1,
        valid_from=draft.valid_from,
        **plain(draft),
        reason=reason.strip()[:300],
        by=by,
        created_at=at,
    )
    if by is not None and draft.valid_from == company_day(at):
        title = _("Deriving levels by rule %(n)s") % {"n": rule.number}
        jobs.start(REDERIVE, title=title, owner=by, arguments={}, back_url=reverse("rating-rules"))
    return rule


def check_begins(day: date, at: datetime) -> None:
    """Refuse a day that is past."""
    if day < company_day(at):
        words = _("A rule cannot begin in the past: what levels were then stays as it was.")
        raise Refused(words, field="valid_from", code="in_the_past")


def plain(terms: Terms) -> dict[str, Any]:
    """What a rule says, as it is kept and compared."""
    return {
        **{name: getattr(terms, name) for name in FIELDS[:4]},
        "source_weights": {name: float(weight) for name, weight in terms.source_weights.items()},
        "bands": {str(number): [float(least) for least in row] for number, row in terms.bands.items()},
    }


def _check_new(draft: RuleDraft, at: datetime) -> None:
    """Refuse what says the same as the rule that would count on that day anyway."""
    before = RatingRule.objects.in_force(max(at, start_of(draft.valid_from))).first()
    if before and plain(before) == plain(draft):
        words = _("This is what rule %(n)s says already.") % {"n": before.number}
        raise Refused(words, code="nothing_new")


@dataclass(frozen=True)
class Move:
    """So many people would come from one level to another; `people` has the ids of some of them."""

    competency_id: int
    before: int | None
    after: int | None
    count: int
    people: tuple[int, ...]

    @property
    def is_up(self) -> bool:
        return (self.after or 0) > (self.before or 0)


@dataclass(frozen=True)
class Effects:
    """What a rule would do on its first day: of `looked_at` levels those that would be other ones, most first."""

    looked_at: int
    moves: tuple[Move, ...]

    @property
    def up(self) -> int:
        return sum(move.count for move in self.moves if move.is_up)

    @property
    def down(self) -> int:
        return sum(move.count for move in self.moves if not move.is_up)


def effects_of(draft: RuleDraft, *, at: datetime) -> Effects:
    """Whose level would move if the rule counted, by the evidence that there is now; nothing is written."""
    check_draft(draft)
    day = max(draft.valid_from, company_day(at))
    pairs = list(CurrentLevel.objects.order_by("person", "competency").values_list("person_id", "competency_id"))
    levels = levels_of({competency for _person, competency in pairs}, at)
    found: dict[tuple[int, int | None, int | None], tuple[int, list[int]]] = {}
    for start in range(0, len(pairs), BATCH):
        values = statements.pairs_of(pairs[start : start + BATCH]) | statements.terms_of(draft, day, levels)
        with connection.cursor() as cursor:
            cursor.execute(statements.EFFECTS, values | {"most": SHOWN})
            for competency, before, after, count, people in cursor.fetchall():
                had, some = found.get((competency, before, after), (0, []))
                found[competency, before, after] = (had + count, [*some, *people][:SHOWN])
    moves = [Move(*way, count, tuple(people)) for way, (count, people) in found.items()]
    return Effects(len(pairs), tuple(sorted(moves, key=lambda move: (-move.count, move.competency_id))))
