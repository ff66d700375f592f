"""What of a draft still holds: people leave, go away or are paired elsewhere after it was solved."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mentoring.matching import barriers
from mentoring.matching.loading import Known, standing
from mentoring.matching.models import MatchingRound
from mentoring.pairings.checks import PairingProblem


@dataclass(frozen=True)
class Standing:
    """What the acts of pairing would refuse now; `proposed` are the mentors by their mentees."""

    known: Known
    hard: barriers.Barriers
    proposed: dict[int, int]

    @cached_property
    def _places(self) -> tuple[dict[int, int], dict[int, int]]:
        rows = {pk: row for row, pk in enumerate(self.known.mentees)}
        return rows, {pk: column for column, pk in enumerate(self.known.mentors)}

    def against(self, mentee: int, mentor: int) -> list[str]:
        """The codes of what stands between the two now."""
        rows, columns = self._places
        row, column = rows.get(mentee), columns.get(mentor)
        if row is None or column is None:
            return [str(PairingProblem.NOT_A_MENTOR)]
        return [str(code) for code, stands in self.hard.items() if stands[row, column]]

    @cached_property
    def changed(self) -> dict[int, list[str]]:
        """Of each mentee whose pair cannot be made any more: why."""
        taken = Counter(self.proposed.values())
        found = {mentee: self.against(mentee, mentor) for mentee, mentor in self.proposed.items()}
        for mentee, mentor in self.proposed.items():
            guide = self.known.guides.get(mentor)
            if guide and not found[mentee] and taken[mentor] > guide.capacity - guide.load:
                found[mentee] = [str(PairingProblem.FULL)]
        return {mentee: codes for mentee, codes in found.items() if codes}


def standing_of(matching: MatchingRound, *, on: date) -> Standing:
    """A fixed number of queries, whatever the size of the round."""
    rows = dict(matching.matches.order_by("pk").values_list("mentee_id", "mentor_id"))
    pool = {*matching.pool.values_list("mentor_id", flat=True)}
    proposed = {mentee: mentor for mentee, mentor in rows.items() if mentor is not None}
    mentors = sorted(pool.union(proposed.values()))
    known = standing(list(rows), mentors, on=max(matching.starts_on, on))
    return Standing(known, barriers.hard(known), proposed)
