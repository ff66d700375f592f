"""What speaks for a pair, each part from 0 to 100, for all pairs at once; even load is reckoned while sharing out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessments.profiles.fitting import Gap
from mentoring.job_plans.models import Side
from mentoring.matching.loading import Known
from mentoring.matching.solving import Points

WHOLE = 100.0
FARTHEST = 4  # steps in the tree of departments
FULL_MONTHS = 24
DAYS_A_MONTH = 30.44
BEST_STARS = 5
MIDDLE = 50.0  # where nothing speaks for or against a pair
# What a wish is worth by its rank; nothing wished is in the middle, 0 is "rather not".
WISH = {1: 100.0, 2: 85.0, 3: 70.0, None: MIDDLE, 0: 0.0}


@dataclass(frozen=True)
class Parts:
    """Mentees × mentors each; what a pair's score rests on is told by the functions below."""

    gaps: Points
    wishes: Points
    closeness: Points
    merit: Points


def parts_of(known: Known) -> Parts:
    shape = len(known.mentees), len(known.mentors)
    return Parts(
        gaps=_gaps(known),
        wishes=_wishes(known),
        closeness=_closeness(known),
        merit=np.broadcast_to(np.array([merit(known, pk) for pk in known.mentors], dtype=float), shape),
    )


def _gaps(known: Known) -> Points:
    """The share of what the mentee lacks that the mentor can help with; in the middle for all where no gap is known."""
    lacked = sorted({gap.competency_id for gaps in known.gaps.values() for gap in gaps})
    columns = {pk: n for n, pk in enumerate(lacked)}
    strength = _strength(known, columns)
    found = np.full((len(known.mentees), len(known.mentors)), MIDDLE)
    for row, mentee in enumerate(known.mentees):
        if gaps := known.gaps.get(mentee):
            found[row] = _covered(strength[:, [columns[gap.competency_id] for gap in gaps]], gaps)
    return found


def _strength(known: Known, columns: dict[int, int]) -> Points:
    """The level of each mentor in each competency; without bound in what HR says that he or she guides in."""
    strength = np.zeros((len(known.mentors), len(columns)))
    for row, mentor in enumerate(known.mentors):
        for competency, level in known.people[mentor].levels.items():
            if competency in columns:
                strength[row, columns[competency]] = level
        for competency in declared(known, mentor) & columns.keys():
            strength[row, columns[competency]] = np.inf
    return strength


def _covered(strength: Points, gaps: Sequence[Gap]) -> Points:
    """For each mentor: of each gap the part up to his or her level, weighed by what it lacks of the whole."""
    level = np.array([gap.level for gap in gaps], dtype=float)
    need = np.array([gap.need for gap in gaps], dtype=float)
    weight = np.array([missing(gap) for gap in gaps])
    share = np.clip((strength - level) / (need - level), 0.0, 1.0)
    covered: Points = WHOLE * (share @ weight) / weight.sum() if weight.sum() else np.zeros(len(strength))
    return covered


def missing(gap: Gap) -> float:
    """Percent of the whole profile that the gap leaves open."""
    return gap.weight * (gap.need - gap.level) / gap.need


def helps_with(known: Known, mentor: int, gap: Gap) -> bool:
    """Whether the mentor is where the mentee has to get, by measured level or by what HR says."""
    level = known.people[mentor].levels.get(gap.competency_id, 0)
    return level >= gap.need or gap.competency_id in declared(known, mentor)


def declared(known: Known, mentor: int) -> frozenset[int]:
    """What HR says that the mentor guides in; nothing of those who take no mentees."""
    guide = known.guides.get(mentor)
    return guide.declared if guide else frozenset()


def _wishes(known: Known) -> Points:
    """The mean of what both sides wish."""
    found = np.full((len(known.mentees), len(known.mentors)), WISH[None])
    rows = {pk: row for row, pk in enumerate(known.mentees)}
    columns = {pk: column for column, pk in enumerate(known.mentors)}
    for (person, other, side), rank in known.wishes.items():
        mentee, mentor = (person, other) if side == Side.MENTEE else (other, person)
        if mentee in rows and mentor in columns:
            found[rows[mentee], columns[mentor]] += (WISH[rank] - WISH[None]) / 2
    return found


def _closeness(known: Known) -> Points:
    rows = [known.people[pk].path for pk in known.mentees]
    columns = [known.people[pk].path for pk in known.mentors]
    near = {(one, other): _near(one, other) for one in set(rows) for other in set(columns)}
    return np.array([[near[one, other] for other in columns] for one in rows]).reshape(len(rows), len(columns))


def _near(one: str, other: str) -> float:
    return WHOLE * max(0.0, 1 - steps(one, other) / FARTHEST)


def steps(one: str, other: str) -> int:
    """How many steps in the tree of departments lie between two paths; without a department the farthest."""
    if not one or not other:
        return FARTHEST
    ours, theirs = one.strip("/").split("/"), other.strip("/").split("/")
    common = 0
    for here, there in zip(ours, theirs, strict=False):
        if here != there:
            break
        common += 1
    return len(ours) + len(theirs) - 2 * common


def months(known: Known, mentor: int) -> int:
    hired = known.people[mentor].hired_on
    return max(0, int((known.on - hired).days / DAYS_A_MONTH)) if hired else 0


def merit(known: Known, mentor: int) -> float:
    """Months in the company up to two years; from three mentees' evaluations on, half of it is their stars."""
    served = WHOLE * min(months(known, mentor), FULL_MONTHS) / FULL_MONTHS
    guide = known.guides.get(mentor)
    if guide is None or guide.rating is None:
        return served
    return (served + WHOLE * (guide.rating - 1) / (BEST_STARS - 1)) / 2
