"""Two years of daily KPI readings, in which training has a plausible effect.

Everybody starts somewhere, gets better with the months, and better again some weeks after a course that teaches just
that; newcomers lack something in the first weeks; peak seasons cost all others something. The effects are set here, so
that later measurements have a known truth.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from analytics.competency_bands import demo as competency_bands
from analytics.ramp_figures.demo import ALIKE, FIRST_DAY_AT_THE_DESK, Beginning, beginnings
from analytics.readings.actions import record_readings
from analytics.rollups.actions import rebuild
from courses.enrolment.models import Enrolment
from mentoring.ramp import demo as ramp
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
AT_THE_DESK = ("agent", "senior-agent", "complaint-agent")
# What one completion adds in the end: seconds of first response, share of satisfied, share of complaints.
EFFECTS: dict[str, tuple[float, float, float]] = {
    "crm-and-quick-replies": (-3.5, 0.002, 0.0),
    "knowledge-and-orders": (-2.5, 0.003, -0.001),
    "work-orders": (-1.5, 0.0, -0.001),
    "customer-types": (-0.5, 0.012, -0.002),
    "empathy-and-emotion": (0.0, 0.016, -0.002),
    "complaint-closure": (0.0, 0.010, -0.005),
    "bad-review-recovery": (0.0, 0.006, -0.003),
    "after-sale-disputes": (0.0, 0.008, -0.003),
    "seven-day-return": (-0.5, 0.003, -0.001),
}
TAKES_DAYS = 21  # until two thirds of an effect are felt
PEAKS = (((6, 1), (6, 20)), ((11, 1), (11, 14)), ((12, 8), (12, 14)))
USUAL_SECONDS, USUAL_SATISFIED = 38, 0.862
BATCH = 40_000


@dataclass
class Agent:
    """One person's starting point, and the days on which a course began to work."""

    person: User
    seconds: float
    satisfied: float
    complaints: float
    learnt: list[tuple[date, tuple[float, float, float]]] = field(default_factory=list)
    beginning: Beginning | None = None

    def __post_init__(self) -> None:
        if self.beginning:
            self.seconds = USUAL_SECONDS + ALIKE * (self.seconds - USUAL_SECONDS)
            self.satisfied = USUAL_SATISFIED + ALIKE * (self.satisfied - USUAL_SATISFIED)

    def last_day(self, today: date) -> date:
        """Yesterday, or the day before the last one here."""
        return min(self.person.left_on or today, today) - DAY

    def feels_peak(self, day: date) -> bool:
        return _peak(day) and not (self.beginning and self.beginning.is_sheltered(day))


def tell(story: Story) -> None:
    with silence():
        rows: list[dict[str, Any]] = []
        for agent in _agents(story):
            rows += _days(story, agent)
            if len(rows) >= BATCH:
                record_readings(rows, source="demo", at=moment(story.today, 23))
                rows = []
        record_readings(rows, source="demo", at=moment(story.today, 23))
        rebuild(at=moment(story.today, 23))
        competency_bands.tell(story)
        ramp.tell(story)


def _agents(story: Story) -> list[Agent]:
    learnt: defaultdict[int, dict[str, date]] = defaultdict(dict)
    done = Enrolment.objects.completed().filter(course__code__in=EFFECTS).order_by("completed_at")
    for person, code, at in done.values_list("person", "course__code", "completed_at"):
        if at is not None:
            learnt[person].setdefault(code, at.date())
    positions = [story.kept["position"][code] for code in AT_THE_DESK]
    people = list(User.objects.filter(position__external_id__in=positions).order_by("pk"))
    begun = beginnings(story, people)
    return [
        Agent(
            person,
            seconds=story.rng.gauss(USUAL_SECONDS, 5),
            satisfied=story.rng.gauss(USUAL_SATISFIED, 0.018),
            complaints=max(story.rng.gauss(0.03, 0.005), 0.012),
            learnt=[(day, EFFECTS[code]) for code, day in learnt[person.pk].items()],
            beginning=begun.get(person.pk),
        )
        for person in people
    ]


def _days(story: Story, agent: Agent) -> Iterator[dict[str, Any]]:
    """Five shifts a week, from the first day at the desk to yesterday, or to the last day here."""
    day = max(story.first_day, (agent.person.hired_on or story.first_day) + FIRST_DAY_AT_THE_DESK)
    off, last = story.rng.randint(0, 6), agent.last_day(story.today)
    while day <= last:
        if (day.toordinal() + off) % 7 not in {0, 1}:
            yield from _readings(story, agent, day)
        day += DAY


def _readings(story: Story, agent: Agent, day: date) -> Iterator[dict[str, Any]]:
    rng = story.rng
    peak = agent.feels_peak(day)
    talks = max(int(rng.gauss(62, 9) * (1.5 if peak else 1)), 8)
    seconds, satisfied, complaints = _level(agent, day)
    seconds = max(seconds * (1.25 if peak else 1) + rng.gauss(0, 3), 8)
    rated = max(int(talks * 0.35), 3)
    happy = min(max(satisfied - (0.03 if peak else 0), 0.5), 0.995)
    good = min(max(round(rng.gauss(rated * happy, math.sqrt(rated * happy * (1 - happy)))), 0), rated)
    bad = _poisson(rng.random(), talks * max(complaints * (1.3 if peak else 1), 0.003))
    for metric, numerator, denominator in (
        ("first-response-time", round(seconds * talks), talks),
        ("satisfaction", good, rated),
        ("complaint-rate", min(bad, talks), talks),
    ):
        yield {
            "metric": metric,
            "external_id": agent.person.external_id,
            "day": day.isoformat(),
            "numerator": numerator,
            "denominator": denominator,
        }


def _level(agent: Agent, day: date) -> tuple[float, float, float]:
    """What is to be expected of the agent on the day: seconds, share of satisfied, share of complaints."""
    months = max((day - (agent.person.hired_on or day)).days / 30, 0)
    practice = 1 - math.exp(-months / 6)
    level = [agent.seconds - 4 * practice, agent.satisfied + 0.012 * practice, agent.complaints - 0.004 * practice]
    for since, effect in agent.learnt:
        if day > since:
            felt = 1 - math.exp(-(day - since).days / TAKES_DAYS)
            level = [value + felt * part for value, part in zip(level, effect, strict=True)]
    if agent.beginning:
        level = [value + part for value, part in zip(level, agent.beginning.lacking(day), strict=True)]
    return level[0], level[1], level[2]


def _peak(day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in PEAKS)


def _poisson(chance: float, mean: float) -> int:
    """The number of rare events whose cumulated probability reaches `chance` (inversion)."""
    term = cumulated = math.exp(-mean)
    count = 0
    while chance > cumulated and count < 50:  # noqa: PLR2004 - far beyond what these means give
        count += 1
        term *= mean / count
        cumulated += term
    return count
