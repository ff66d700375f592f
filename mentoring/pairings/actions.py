"""Everything that is done with a pairing: begin and end it, agree, change the mentor, give more time, graduate."""

from mentoring.pairings.agreement import GoalText, agree, reach_goal, save_agreement
from mentoring.pairings.changing import change_mentor, extend, graduate
from mentoring.pairings.making import FIRST_CHECKIN_AFTER, end_pairing, lock, pair, pair_many

__all__ = [
    "FIRST_CHECKIN_AFTER",
    "GoalText",
    "agree",
    "change_mentor",
    "end_pairing",
    "extend",
    "graduate",
    "lock",
    "pair",
    "pair_many",
    "reach_goal",
    "save_agreement",
]
