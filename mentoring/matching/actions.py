"""Which mentors suit one mentee, and why: the same reckoning as in a round, with the usual criteria but for wishes.

Supervisors see these proposals and HR alone reads wishes, so that neither points nor reasons rest on them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from courses.models import Competency
from mentoring.matching import explaining, reasons
from mentoring.matching.facts import PARTS, gather
from mentoring.matching.loading import guiding
from mentoring.matching.models import MatchingRound
from mentoring.matching.parts import WHOLE
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.checks import PairingProblem
from trainingsite.people.models import User


@dataclass(frozen=True)
class Proposal:
    """A mentor with the score (0 to 100) and what makes it; `reasons` says it in the reader's language."""

    profile: MentorProfile
    score: int
    parts: dict[str, Any]
    names: dict[int, str]

    @property
    def mentor(self) -> User:
        return self.profile.person

    @property
    def reasons(self) -> list[str]:
        return reasons.said(self.parts, self.names)


def propose(mentee: User, *, on: date, count: int = 3, instead: bool = False) -> list[Proposal]:
    """The `count` best of those mentors who have room and may guide the mentee; equal scores go by load, then by name.

    `instead` asks who could take over from the present mentor. The number of queries does not depend on how many
    mentors there are.
    """
    profiles = list(guiding(MentorProfile.objects.ready(on).with_room()).select_related("person__department"))
    profiles.sort(key=lambda profile: (profile.person.sort_key, profile.person_id))
    mentors = [profile.person_id for profile in profiles]
    facts = gather([mentee.pk], mentors, _criteria(), on=on, guides=profiles)
    if instead:
        facts.hard[PairingProblem.HAS_MENTOR][:] = False
    task = facts.task([1] * len(profiles), {})
    allowed = [int(column) for column in np.flatnonzero(facts.allowed[0])] if profiles else []
    scores = {column: explaining.score(facts, task, 0, column, 0) for column in allowed}
    best = sorted(allowed, key=lambda column: (-round(scores[column]), task.load[column], column))[:count]
    parts = [explaining.proposal(facts, task, 0, column, 0) for column in best]
    names = competency_names(parts)
    return [
        Proposal(profiles[column], round(scores[column]), found, names)
        for column, found in zip(best, parts, strict=True)
    ]


def _criteria() -> MatchingRound:
    return MatchingRound(wishes=0)


def what_counts() -> list[tuple[str, float]]:
    """What speaks for a proposal, in words, and how many of a hundred points it can give."""
    criteria = _criteria()
    meta: Any = MatchingRound._meta
    weights = {name: int(getattr(criteria, name)) for name in PARTS}
    whole = sum(weights.values())
    return [(str(meta.get_field(name).verbose_name), WHOLE * n / whole) for name, n in weights.items() if n]


def competency_names(proposals: list[dict[str, Any]]) -> dict[int, str]:
    """What the competencies in these proposals are called; one query."""
    wanted = {pk for parts in proposals for pk in parts.get("gaps", {}).get("closed", ())}
    return {row.pk: str(row) for row in Competency.objects.filter(pk__in=wanted)} if wanted else {}
