"""Newcomers of the demo company who have left again, what proficient means there, and everybody's ramp."""

from datetime import timedelta
from random import Random
from typing import Any

from mentoring.ramp.actions import reckon
from mentoring.ramp.models import RampRule
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User
from trainingsite.people.staff.bulk import upsert_people

DAY = timedelta(days=1)
FORMER = 20
TEAMS = ("pre-sale-team-1", "after-sale-handling", "pre-sale")
STAYED = (18, 160)  # days
RULE = {"metrics": ["first-response-time", "satisfaction"], "run_days": 5, "low": 10, "high": 90}


def tell_of_leavers(story: Story) -> list[User]:
    """Agents who came and went while the story goes on, as the HR system reports them: already gone."""
    chance = Random("former colleagues")  # its own, so that the rest of the story stays as it is
    rows = [_row(story, chance, number, name) for number, name in enumerate(_names(chance), 1)]
    upsert_people(rows, at=moment(story.today))
    return list(User.objects.filter(external_id__in=[row["external_id"] for row in rows]).order_by("hired_on", "pk"))


def _names(chance: Random) -> list[str]:
    pool, taken = read("names"), set(User.objects.values_list("name", flat=True))
    surnames, given = list(pool["surnames"]), [name for names in pool["given_names"].values() for name in names]
    free = [surname + name for surname in surnames[:40] for name in given]
    return chance.sample([name for name in free if name not in taken and name not in pool["avoid"]], FORMER)


def _row(story: Story, chance: Random, number: int, name: str) -> dict[str, Any]:
    """They came one after the other, spread over the two years."""
    span = (story.today - story.first_day).days
    hired = story.first_day + (12 + (number - 1) * (span - 60) // FORMER + chance.randint(0, 20)) * DAY
    left = min(hired + chance.randint(*STAYED) * DAY, story.today - 3 * DAY)
    return {
        "external_id": f"HR{19000 + number}",
        "employee_number": f"KF{9000 + number:05}",
        "name": name,
        "email": f"ks{9000 + number:04}@yunshan.example",
        "department": story.kept["department"][chance.choice(TEAMS)].external_id,
        "position": story.kept["position"]["agent"],
        "grade": "P1",
        "hired_on": hired.isoformat(),
        "left_on": left.isoformat(),
        "status": "left",
    }


def tell(story: Story) -> None:
    """What counts, and how far everybody is; told when the readings are there."""
    RampRule.objects.create(pk=1, **RULE)
    reckon(on=story.today, at=moment(story.today, 5))
