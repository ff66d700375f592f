"""How newcomers of the demo company begin: slower and less sure for some weeks, each cohort for fewer than the last."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from trainingsite.core.demo import Story
from trainingsite.people.models import User

FIRST_DAY_AT_THE_DESK = timedelta(days=7)  # after being hired
SLOWEST, FASTEST = 50, 18  # the days that half of a cohort take, at the beginning of the story and at its end
SPREAD = 0.2
LAST_STEP, STILL = 4, 0.3  # so many days before it is over, this part of it is left
# What the first day lacks: seconds of first response, share of satisfied, share of complaints.
LACKS = (17.0, -0.13, 0.02)
ALIKE = 0.4  # how far newcomers differ from each other, once they are settled, beside other colleagues
SHELTERED = timedelta(days=75)  # kept out of the rush of peak seasons


@dataclass(frozen=True)
class Beginning:
    """A newcomer's first day at the desk, and after how many days nothing is lacking any more."""

    first: date
    takes: float

    def lacking(self, day: date) -> tuple[float, float, float]:
        """What is lacking on the day: quickly less in the middle, none in the end."""
        left = self.takes - (day - self.first).days
        if left <= 0:
            return 0.0, 0.0, 0.0
        if left < LAST_STEP:
            part = STILL * left / LAST_STEP
        else:
            part = STILL + (1 - STILL) * (left - LAST_STEP) / max(self.takes - LAST_STEP, 1)
        return LACKS[0] * part, LACKS[1] * part, LACKS[2] * part

    def is_sheltered(self, day: date) -> bool:
        return day < self.first + SHELTERED


def beginnings(story: Story, people: list[User]) -> dict[int, Beginning]:
    """Those of everybody who was hired while the story goes on."""
    chance = Random("beginnings")  # its own, so that the rest of the story stays as it is
    return {
        person.pk: _beginning(story, chance, person.hired_on + FIRST_DAY_AT_THE_DESK)
        for person in people
        if person.hired_on and person.hired_on > story.first_day
    }


def _beginning(story: Story, chance: Random, first: date) -> Beginning:
    told = (first - story.first_day) / (story.today - story.first_day)
    usual = SLOWEST + (FASTEST - SLOWEST) * told
    return Beginning(first, math.exp(chance.gauss(math.log(usual), SPREAD)))
