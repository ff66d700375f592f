"""Six weeks of five minutes a day in the demo company: some every day, most of them nearly, a few now and then."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from assessments.attempts import demo as answers
from assessments.practice.history import record_practice
from assessments.practice.intake import take_in
from assessments.practice.models import Card
from assessments.practice.scheduling import DAY, retrievability
from courses.models import Audience
from courses.refreshers.actions import Rule, save_rule
from courses.refreshers.ready import READY
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

WEEKS, EVERY = timedelta(weeks=6), 5  # each fifth person with a card practises
HABITS, SATURDAY, WEEKEND = (1.0, 0.95, 0.85, 0.85, 0.6, 0.3), 5, 0.5
# What is read once and seldom needed is forgotten faster than FSRS thinks; what is done each day hardly at all.
FADING = {0: 0.86, 1: 1.06, 2: 0.97, 3: 1.02}


def tell(story: Story) -> None:
    take_in()
    chance = Random("five minutes a day")  # its own, so that the rest of the story stays as it is
    record_practice(_days(story, chance), lambda card, day, number: _answer(card, day, number, chance))
    _round_of_missed(story)


def _round_of_missed(story: Story) -> None:
    """Those who handle complaints answer each month, from now on, what they miss most."""
    ready, hr = READY["most-missed"], User.objects.get(username="hr")
    with silence():
        rule = Rule(
            audience=Audience.objects.get(name="投诉处理季度复训"),
            rrule=ready.rule,
            starts_on=story.today,
            what=ready.what,
            title=ready.title(),
            at_time=ready.at_time,
            shift=ready.shift,
            days_to_complete=ready.days_to_complete,
            reminders=ready.reminders,
            escalate_days=ready.escalate_days,
            ready="most-missed",
        )
        save_rule(None, rule, by=hr, at=moment(story.today, 6))


def _days(story: Story, chance: Random) -> Iterator[tuple[int, date, datetime]]:
    """Who practises when, up to yesterday; the login `trainee` on every day."""
    habits = {person: chance.choice(HABITS) for person in _people()}
    habits |= dict.fromkeys(User.objects.filter(username="trainee").values_list("pk", flat=True), 1.0)
    day = story.today - WEEKS
    while day < story.today:
        for person, habit in habits.items():
            often = habit if habit == 1 or day.weekday() < SATURDAY else habit * WEEKEND
            if chance.random() < often:
                yield person, day, moment(day, chance.randint(8, 20), chance.randint(0, 50))
        day += DAY


def _people() -> list[int]:
    having = Card.objects.order_by("person").values_list("person", flat=True).distinct()
    return list(having)[::EVERY]


def _answer(card: Card, day: date, number: int, chance: Random) -> Any:
    """As likely right as predicted, more or less by topic; who was told a moment ago nearly always knows."""
    version = card.question.current
    assert version is not None  # noqa: S101 - a question that was asked has one
    fading = FADING[card.question.topic_id % len(FADING)]
    known = retrievability(card.stability, card.last_on, day) * fading if number == 1 else 0.95
    if chance.random() < known:
        return answers.right(version)
    return answers.wrong(card.question.kind, version.content, chance)
