"""The demo company's check-ins: what was talked about each week, noted and agreed until the next one."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, partial
from random import Random
from typing import Any

from mentoring.checkins.actions import Talk, note_checkin
from mentoring.checkins.agenda import add_item, tick_item
from mentoring.checkins.models import NextStep, Progress
from mentoring.checkins.reminding import remind
from mentoring.checkins.steps import StepText, finish_step
from mentoring.job_plans.demo import Event
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read

DAY = timedelta(days=1)
WEEK = 7 * DAY
PROGRESS = {"ahead": Progress.FAST, "on-track": Progress.PLANNED, "behind": Progress.SLOW}
EARLY, LATE = 0.34, 0.8  # parts of a pairing that are over when its middle and its last phase begin
MINUTES = (20, 25, 30, 30, 40)


@cache
def _texts() -> dict[str, Any]:
    return {**read("checkins"), **read("mentoring_pairs")}


def talks(
    pairing: Pairing, weeks: int, chance: Random, *, first: date | None = None, plain: bool = False
) -> Iterator[Event]:
    """One talk a week, on the day that the one before named; at the last one nothing more is planned.

    Plain ones are from before there was an agenda.
    """
    first = first or pairing.started_on + WEEK
    days = [first + week * WEEK + chance.choice([-1, 0, 0, 0]) * DAY for week in range(weeks)]
    days[0] = first
    for number, day in enumerate(days):
        following = days[number + 1] if number + 1 < len(days) else None
        talk = _talk(chance, day, following, _phase(number / len(days)))
        if plain:
            yield Event(day, 16, partial(note_checkin, pairing, talk, next_due_on=following, on=day))
            continue
        yield Event(day, 9, partial(_put_on_the_agenda, pairing, day, chance.sample(_texts()["agenda"], 2)))
        yield Event(day, 16, partial(_hold, pairing, talk, following, day))


def _phase(over: float) -> str:
    return "early" if over < EARLY else "middle" if over < LATE else "late"


def _talk(chance: Random, day: date, following: date | None, phase: str) -> Talk:
    texts = _texts()
    text = chance.choice([note for note in texts["notes"] if note["phase"] == phase])
    steps = [StepText(Side.MENTEE, text["next_step"], following)]
    if following and chance.random() < 0.5:  # noqa: PLR2004 - every second time
        steps.append(StepText(Side.MENTOR, chance.choice(texts["mentor_steps"]), following))
    return Talk(
        day,
        text["note"],
        PROGRESS[text["progress"]],
        shared_note=chance.choice(texts["shared"][phase]),
        minutes=chance.choice(MINUTES),
        next_steps=steps,
    )


def _put_on_the_agenda(pairing: Pairing, day: date, topics: list[str]) -> None:
    """The day before, each of the two one topic."""
    planned = pairing.checkins.planned().filter(due_on__lte=day).first()
    for topic, by in zip(topics, (pairing.mentee, pairing.mentor), strict=True):
        if planned:
            add_item(planned, topic, by=by)


def _hold(pairing: Pairing, talk: Talk, following: date | None, day: date) -> None:
    """What was to be done is done, the topics are ticked off, and the talk is noted."""
    at = moment(day, 16)
    for step in NextStep.objects.open().filter(checkin__pairing=pairing).select_related("checkin"):
        finish_step(step, by=pairing.mentor, at=at)
    checkin = note_checkin(pairing, talk, next_due_on=following, on=day)
    for item in checkin.agenda.all():
        tick_item(item, by=pairing.mentor, at=at)


def tell(story: Story, pairings: list[Pairing]) -> None:
    """What stands on the agenda of talks to come; and HR has been told of those that were missed for days."""
    chance, topics = Random("agenda"), _texts()["agenda"]
    for pairing in pairings:
        planned = pairing.checkins.planned().first()
        if planned and planned.due_on >= story.today:
            add_item(planned, chance.choice(topics), by=pairing.mentee)
    remind(on=story.today, at=moment(story.today, 7))
