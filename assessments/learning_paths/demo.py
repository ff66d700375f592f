"""Learning paths of the demo company: done, under way, one gap closed for many; `trainee` has still to choose."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from assessments.learning_paths.actions import accept
from assessments.learning_paths.assigning import give
from assessments.learning_paths.models import LearningPath, PathAssignment
from assessments.learning_paths.suggestions import Suggestion, suggest, suggest_many
from courses.enrolment.actions import complete_many
from courses.models import Competency, Enrolment
from trainingsite.core.demo import Story
from trainingsite.people.access.roles import Role
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
FINISHED, BEGUN, MOST_ASSIGNED = 6, 10, 12  # people
SHORT = 3  # courses that somebody takes on by oneself
LONG_AGO, LATELY, YESTERDAY = 45, 12, 1  # days


def tell(story: Story) -> None:
    """Whoever chose for themselves comes from every third of those to whom something is suggested."""
    waiting = _suggested(story)
    choosing = [User.objects.get(pk=pk) for pk in waiting[::3]]
    for person in choosing[:FINISHED]:
        if path := _take(story, person, LONG_AGO):
            _complete(story, path, len(path.steps.all()), LONG_AGO - 5)
    for number, person in enumerate(choosing[FINISHED : FINISHED + BEGUN]):
        if path := _take(story, person, LATELY):
            _complete(story, path, number % 2, LATELY - 5)
    _assign(story, [pk for pk in waiting if pk not in {person.pk for person in choosing}])


def _suggested(story: Story) -> list[int]:
    """Trainees to whom courses are suggested, but the login, in the order in which they came."""
    learners = User.objects.employed(story.today).with_role(Role.TRAINEE).exclude(username="trainee")
    longer = learners.filter(hired_on__lt=story.today - 2 * LONG_AGO * DAY).order_by("hired_on", "pk")
    ids = list(longer.values_list("pk", flat=True))
    found = suggest_many(ids, story.today - LONG_AGO * DAY)
    return [pk for pk in ids if pk in found and found[pk].steps]


def _take(story: Story, person: User, days: int) -> LearningPath | None:
    """The first courses of what was suggested so many days ago, if there was something."""
    on = story.today - days * DAY
    found = suggest(person, on)
    if found is None or not found.steps:
        return None
    courses = _first(found)
    return accept(person, mark=found.mark, courses=courses, at=moment(on, 14), due_on=on + 30 * DAY)


def _first(found: Suggestion) -> list[int]:
    """A few courses; whatever one of them needs stands before it."""
    return [step.course.pk for step in found.steps[:SHORT]]


def _complete(story: Story, path: LearningPath, count: int, days: int) -> None:
    """Complete the first steps, one every other day."""
    steps = path.steps.select_related("enrolment").order_by("position")[:count]
    rows: list[tuple[Enrolment, datetime]] = []
    for number, step in enumerate(steps):
        if step.enrolment is not None and step.enrolment.is_open:
            rows.append((step.enrolment, moment(story.today - (days - 2 * number) * DAY, 16)))
    complete_many(rows)


def _assign(story: Story, people: Sequence[int]) -> None:
    """Yesterday HR closed the gap that most of them have."""
    hr = User.objects.get(username="hr")
    found = suggest_many(people, story.today)
    shown = (pk for each in found.values() for pk in {s.competency.pk for step in each.steps for s in step.closes})
    common = Counter(shown).most_common(1)
    if not common:
        return
    competency = Competency.objects.get(pk=common[0][0])
    chosen = [pk for pk, each in found.items() if any(gap.competency_id == competency.pk for gap in each.fit.gaps)]
    chosen = chosen[:MOST_ASSIGNED]
    due = story.today + 21 * DAY
    made = PathAssignment.objects.create(competency=competency, due_on=due, by=hr, wanted=len(chosen))
    give(made, chosen, at=moment(story.today - YESTERDAY * DAY, 10))
