"""Whom people of the demo company would like to be paired with, and who is kept apart."""

from collections.abc import Sequence
from random import Random

from mentoring.job_plans.models import Side
from mentoring.wishes.actions import keep_apart, save_wishes, wishable
from mentoring.wishes.models import KeepApart
from trainingsite.core.demo import Story
from trainingsite.people.demo import read
from trainingsite.people.models import User

MENTORS_WITH_WISHES = 4


def tell(story: Story, mentors: Sequence[User], newcomers: Sequence[User]) -> None:
    """Every second newcomer names mentors, some mentors name newcomers; HR keeps two pairs of people apart."""
    chance = Random("wishes")
    ready = list(wishable(Side.MENTEE, story.today).order_by("pk"))
    for newcomer in newcomers[::2]:
        chosen = chance.sample(ready, min(3, len(ready)))
        save_wishes(newcomer, Side.MENTEE, chosen[:2], chosen[2:], story.today)
    new = list(wishable(Side.MENTOR, story.today).order_by("pk"))
    for mentor in [person for person in ready if person in mentors][:MENTORS_WITH_WISHES]:
        others = [person for person in new if person != mentor]
        save_wishes(mentor, Side.MENTOR, chance.sample(others, min(2, len(others))), [], story.today)
    for row, newcomer, mentor in zip(read("mentoring_mentors")["keep_apart"], newcomers, reversed(ready), strict=False):
        keep_apart(newcomer, mentor, KeepApart.Reason(row["reason"]), row["note"])
