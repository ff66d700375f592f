"""The demo company's rotations: one to apply for, one under way, one that both sides have evaluated."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import make_aware

from courses.models import Competency
from mentoring.rotation.actions import apply, approve
from mentoring.rotation.doing import confirm, tick
from mentoring.rotation.evaluating import Words, evaluate
from mentoring.rotation.models import Rotation, RotationOffer
from mentoring.rotation.offers import Draft, Step, save_offer
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import read
from trainingsite.people.models import Department, User

DAY = timedelta(days=1)
MORNING, EVENING = time(9, 30), time(18)


def tell(story: Story) -> None:
    """Every offer of the file with those who went; who goes is chosen among agents of other teams."""
    chance = Random("rotations")  # its own, so that the rest of the story stays as it is
    with silence():
        for row in read("rotations")["offers"]:
            _tell(story, chance, row)


def _at(day: date, hour: time = MORNING) -> datetime:
    return make_aware(datetime.combine(day, hour))


def _tell(story: Story, chance: Random, row: dict[str, Any]) -> None:
    begins = story.today + row["begins"] * DAY
    if begins - 30 * DAY < story.first_day:
        return
    offer = _offer(row, begins)
    applied = begins - 20 * DAY if row["going"] else story.today - DAY
    for person, wish in zip(_applicants(chance, offer, row), row["wishes"], strict=False):
        rotation = apply(offer, person, wish=wish, at=_at(applied))
        if row["going"]:
            _go(story, approve(rotation, by=_leader(person), at=_at(applied + 2 * DAY)), row)


def _offer(row: dict[str, Any], begins: date) -> RotationOffer:
    department = Department.objects.get(external_id=row["department"])
    leaders = User.objects.filter(department=department, position__external_id__in=["P-04", "P-02", "P-03", "P-08"])
    draft = Draft(
        title=row["title"],
        department=department,
        host=leaders.order_by("-position__external_id", "pk").first() or User.objects.get(username="mentor"),
        begins_on=begins,
        ends_on=begins + row["days"] * DAY,
        apply_by=begins - 5 * DAY,
        places=row["places"],
        about=row["about"],
        steps=[Step(task["text"], task["day"] - 1) for task in row["plan"]],
    )
    return save_offer(None, draft, on=begins - 30 * DAY)


def _applicants(chance: Random, offer: RotationOffer, row: dict[str, Any]) -> list[User]:
    """Agents of other departments; those whom the login `supervisor` leads where it has something to decide."""
    agents = User.objects.employed(offer.begins_on - 25 * DAY).filter(position__external_id__in=["P-01", "P-02"])
    agents = agents.exclude(pk=offer.host_id).exclude(department=offer.department).exclude(username="trainee")
    supervisor = User.objects.get(username="supervisor")
    if row["supervised"] and supervisor.department:
        agents = agents.filter(department__path__startswith=supervisor.department.path)
    busy = Rotation.objects.filter(begins_on__gte=offer.begins_on - 120 * DAY).values("person")
    return chance.sample(list(agents.exclude(pk__in=busy).order_by("pk")), len(row["wishes"]))


def _leader(person: User) -> User:
    return (person.manager if person.manager and person.manager_id != person.pk else None) or User.objects.get(
        username="supervisor"
    )


def _go(story: Story, rotation: Rotation, row: dict[str, Any]) -> None:
    """Tasks are ticked off on the day that they are due, and confirmed but for the latest."""
    done = [task for task in rotation.tasks.all() if task.due_on < story.today]
    for task in done:
        tick(task, by=rotation.person, at=_at(task.due_on, EVENING))
    for task in done if rotation.ends_on < story.today else done[:-1]:
        confirm(task, by=rotation.host)
    if rotation.ends_on < story.today:
        _evaluate(rotation, row)


def _evaluate(rotation: Rotation, row: dict[str, Any]) -> None:
    said = row["said"]
    known = {each.code: each for each in Competency.objects.in_use().filter(code__in=said["scores"])}
    scores = {known[code]: score for code, score in said["scores"].items() if code in known}
    host, person = Words(said["host"], said["host_stars"], scores), Words(said["person"], said["person_stars"])
    evaluate(rotation, host, by=rotation.host, at=_at(rotation.ends_on, EVENING))
    evaluate(rotation, person, by=rotation.person, at=_at(rotation.ends_on + DAY))
