"""When the people of the demo company work, what they speak, and which mentors are away."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from mentoring.availability.actions import add_away, save_availability
from trainingsite.core.demo import Story
from trainingsite.people.demo import read
from trainingsite.people.models import User

DAY = timedelta(days=1)
AT_THE_DESK = ("agent", "senior-agent", "complaint-agent")
AT_NIGHT = "夜班"


def tell(story: Story) -> None:
    """Shifts and languages of everybody at the desk."""
    chance, texts = Random("shifts"), read("mentoring_mentors")
    jobs = [story.kept["position"][code] for code in AT_THE_DESK]
    for person in User.objects.employed(story.today).filter(position__external_id__in=jobs).order_by("pk"):
        shifts = ["late", "night"] if AT_NIGHT in person.tags else _drawn(chance, texts["shifts"])
        save_availability(person, shifts=shifts, languages=_drawn(chance, texts["languages"]))


def tell_of_leave(story: Story, mentors: Sequence[User]) -> None:
    """Some mentors will be away, one of them is already; told after the pairings."""
    rows = read("mentoring_mentors")["away"]
    for person, row in zip(mentors[3:], rows, strict=False):
        begins = story.today + row["begins"] * DAY
        add_away(person, first_day=begins, last_day=begins + row["days"] * DAY, note=row["note"], on=story.today)


def _drawn(chance: Random, rows: Sequence[tuple[int, list[str]]]) -> list[str]:
    weights, values = zip(*rows, strict=True)
    drawn: Any = chance.choices(values, weights)[0]
    return list(drawn)
