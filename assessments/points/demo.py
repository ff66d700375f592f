"""The demo company's points: rules in two rounds, what two years earned, gifts, and one given twice by mistake."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from assessments.attempts.models import Attempt
from assessments.certification.models import Certificate
from assessments.points.actions import Earned, as_it_happened, earn, give, void_entry
from assessments.points.happened import CHECKLIST, completions, holdings, levels_gained, passes, taught_most
from assessments.points.rules import Terms, save_rule
from assessments.ratings.models import LevelChange
from courses.models import Enrolment, UnitProgress
from trainingsite.core import clock
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.access.roles import Role
from trainingsite.people.demo import moment, read
from trainingsite.people.models import RoleGrant, User

DAY = timedelta(days=1)
GIFTS_SINCE = 280  # days ago
FORMER_LIMIT, LIMIT_RAISED = 30, 200  # points, and days ago, as in the file


def tell(story: Story) -> None:
    texts = read("points")
    _rules(story, texts["rules"])
    with silence(), as_it_happened():
        earn(list(_happened()))
        _gifts(story, texts)


def _rules(story: Story, rows: list[dict[str, Any]]) -> None:
    """Each stated on its first day; those that are still to come, today."""
    hr = User.objects.get(username="hr")
    for row in rows:
        begins = story.today - row["ago"] * DAY
        terms = Terms(row["points"], row["half_life"], begins)
        save_rule(row["event"], terms, reason=row["reason"], by=hr, on=min(begins, story.today))


def _happened() -> Iterator[Earned]:
    """Everything that would have earned points as it happened."""
    now = clock.now()
    yield from completions(Enrolment.objects.all())
    yield from passes(Attempt.objects.filter(state="graded", passed=True), at=now)
    yield from holdings(Certificate.objects.order_by("issued_on", "pk"))
    yield from _checklists()
    yield from levels_gained(LevelChange.objects.order_by("at", "pk"))


def earn_levels(changes: Sequence[LevelChange]) -> None:
    """The points for levels that a later part of the story gave, at the moments of the changes."""
    with silence(), as_it_happened():
        earn(levels_gained(changes))


def _checklists() -> list[Earned]:
    signed = UnitProgress.objects.filter(unit__kind="checklist", completed_at__isnull=False)
    columns = ("enrolment__person", "unit", "unit__title", "unit__course", "completed_at")
    rows = list(signed.order_by("completed_at", "pk").values_list(*columns))
    taught = taught_most(course for _person, _unit, _title, course, _at in rows)
    return [
        Earned(who, CHECKLIST, str(unit), title, at, taught.get(course)) for who, unit, title, course, at in rows if at
    ]


def _gifts(story: Story, texts: dict[str, Any]) -> None:
    """From each department's supervisor to the own people; HR takes back what was given twice."""
    chance = Random("gifts")  # its own, so that the rest of the story stays as it is
    pairs = _supervised()
    each = {person.pk: (boss, person) for boss, person in pairs}  # one gift a person, within every month's limit
    chosen = chance.sample(list(each.values()), min(len(texts["gifts"]), len(each)))
    for row, (boss, person) in zip(texts["gifts"], chosen, strict=False):
        day = story.today - chance.randint(4, GIFTS_SINCE) * DAY
        if (person.hired_on or day) <= day:
            give(
                person, _points(row, day, story), reason=row["reason"], by=boss, at=moment(day, chance.randint(10, 17))
            )
    boss, person = next((boss, person) for boss, person in pairs if boss.username == "supervisor")
    trainee, row = User.objects.get(username="trainee"), texts["trainee"]
    give(trainee, row["points"], reason=row["reason"], by=boss, at=moment(story.today - 3 * DAY, 16))
    _mistake(story, boss, person, texts)


def _points(row: dict[str, Any], day: Any, story: Story) -> int:
    """Before the limit was raised, at most what it was."""
    return min(row["points"], FORMER_LIMIT) if (story.today - day).days > LIMIT_RAISED else int(row["points"])


def _mistake(story: Story, boss: User, person: User, texts: dict[str, Any]) -> None:
    row, day = texts["mistake"], story.today - 12 * DAY
    give(person, row["points"], reason=row["reason"], by=boss, at=moment(day, 17))
    twice = give(person, row["points"], reason=row["reason"], by=boss, at=moment(day + DAY, 9))
    hr = User.objects.get(username="hr")
    void_entry(twice, reason=texts["void"], by=hr, at=moment(day + 2 * DAY, 10))


def _supervised() -> list[tuple[User, User]]:
    """Who may give to whom: each supervisor, and the people of the department and those below it."""
    grants = RoleGrant.objects.filter(role=Role.SUPERVISOR, department__isnull=False).select_related(
        "user", "department"
    )
    return [
        (grant.user, person)
        for grant in grants.order_by("pk")
        if grant.department
        for person in User.objects.people().in_department(grant.department).exclude(pk=grant.user_id).order_by("pk")
    ]
