"""What the page of a round shows: proposals in words, the sums, the names of what they speak of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from mentoring.matching import reasons
from mentoring.matching.actions import competency_names
from mentoring.matching.models import Match, MatchingRound
from mentoring.matching.standing import Standing
from trainingsite.people.models import User


@dataclass(frozen=True)
class Totals:
    """What a round comes to; `best` is the total without anything done by hand."""

    people: int
    paired: int
    by_hand: int
    problems: int
    total: float
    best: float
    places: int

    @property
    def left(self) -> int:
        return self.people - self.paired

    @property
    def cost(self) -> float:
        """What the changes by hand cost."""
        return round(max(0.0, self.best - self.total), 1)

    @property
    def mean(self) -> float | None:
        return round(self.total / self.paired, 1) if self.paired else None


def totals(matching: MatchingRound) -> Totals:
    """Two queries."""
    found: dict[str, Any] = matching.matches.aggregate(
        people=Count("pk"),
        paired=Count("pk", filter=Q(mentor__isnull=False)),
        by_hand=Count("pk", filter=Q(is_fixed=True)),
        problems=Count("pk", filter=~Q(problem="")),
        total=Sum("score"),
    )
    places = matching.pool.aggregate(sum=Sum("places"))["sum"] or 0
    found |= {"total": float(found["total"] or 0), "best": float(matching.best or 0), "places": places}
    return Totals(**found)


@dataclass(frozen=True)
class Choice:
    """Another mentor, and what he or she costs."""

    mentor: User
    score: float
    cost: str
    is_free: bool  # it costs nothing, or gains


@dataclass(frozen=True)
class Line:
    """A row of the proposal."""

    match: Match
    said: list[str]
    parts: list[dict[str, Any]]
    against: list[str]
    why_left: str
    choices: list[Choice]
    changed: list[str]  # why the pair cannot be made any more


def lines(matches: Iterable[Match], now: Standing | None = None) -> list[Line]:
    """The matches of a page, with mentors and competencies named by two queries; none is offered whom `now` forbids."""
    rows = list(matches)
    names = competency_names([row.parts for row in rows])
    wanted = {choice["mentor"] for row in rows for choice in row.parts.get("alternatives", ())}
    mentors = User.objects.select_related("department").in_bulk(wanted)
    return [_line(row, names, mentors, now) for row in rows]


def _line(match: Match, names: dict[int, str], mentors: dict[int, User], now: Standing | None) -> Line:
    found = match.parts.get("alternatives", ())
    if now is not None:
        found = [row for row in found if not now.against(match.mentee_id, row["mentor"])]
    return Line(
        match=match,
        said=reasons.said(match.parts, names),
        parts=reasons.rows(match.parts, names),
        against=[reasons.barrier(code) for code in match.parts.get("against", ())],
        why_left=reasons.why_left(match.reason),
        choices=[choice_of(row, mentors[row["mentor"]]) for row in found if row["mentor"] in mentors],
        changed=[reasons.barrier(code) for code in now.changed.get(match.mentee_id, ())] if now else [],
    )


def choice_of(row: dict[str, Any], mentor: User) -> Choice:
    cheap = row["people"] < 0 or (not row["people"] and row["points"] <= 0)
    return Choice(mentor, row["score"], reasons.cost(row), cheap)
