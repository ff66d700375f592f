"""A mentor's mentees as the first page shows them: the talks, the plan, and what waits for the mentor."""

from dataclasses import dataclass
from datetime import date

from mentoring.board.facts import with_progress
from mentoring.board.lines import Line, lines_of
from mentoring.board.reasons import MENTOR, Reason
from mentoring.board.states import with_state
from mentoring.checkins.overview import Mentee, mentees_of
from mentoring.guidance.models import GuidanceRule
from mentoring.pairings.models import Pairing
from trainingsite.people.models import User


@dataclass(frozen=True)
class Guided:
    """A mentee of a mentor: what the talks say, and what the board says."""

    talks: Mentee
    line: Line

    @property
    def pairing(self) -> Pairing:
        return self.talks.pairing

    @property
    def mine(self) -> list[Reason]:
        """What the mentor could do something about, but for the talk, which is shown by itself."""
        told = {"checkin", "unplanned"}
        return [reason for reason in self.line.reasons if reason.concerns(MENTOR) and reason.code not in told]

    @property
    def needs_me_this_week(self) -> bool:
        return self.talks.needs_me_this_week or bool(self.mine)


def guided_by(mentor: User, *, on: date) -> list[Guided]:
    """The mentor's open pairings, the most urgent talk first; a fixed number of queries, one where there are none."""
    talks = mentees_of(mentor, on=on)
    if not talks:
        return []
    judged = with_state(Pairing.objects.open().filter(mentor=mentor), on=on, rule=GuidanceRule.objects.current())
    lines = lines_of(with_progress(judged).select_related("mentor", "plan"), on=on)
    by_pairing = {line.row.pk: line for line in lines}
    return [Guided(each, by_pairing[each.pairing.pk]) for each in talks]
