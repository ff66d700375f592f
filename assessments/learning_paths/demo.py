"""Learning paths of the demo company: done, under way, one gap closed for many; `trainee` has still to choose."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from assessments.attempts.demo import right
from assessments.attempts.history import PastAttempt, record_attempts
from assessments.learning_paths.actions import accept, write_end
from assessments.learning_paths.assigning import give
from assessments.learning_paths.models import LearningPath, PathAssignment, PathStep
from assessments.learning_paths.suggestions import Suggestion, suggest, suggest_many
from assessments.quizzes.models import Quiz
from assessments.ratings.collecting import of_completions
from assessments.ratings.deriving import rederive_pairs
from assessments.ratings.models import LevelChange
from assessments.ratings.recording import insert
from courses.enrolment.actions import complete_many
from courses.models import Competency, Enrolment, Unit
from trainingsite.core import clock
from trainingsite.core.demo import Story
from trainingsite.people.access.roles import Role
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FINISHED, BEGUN, MOST_ASSIGNED = 6, 10, 12  # people
SHORT = 3  # courses that somebody takes on by oneself
LONG_AGO, LATELY, YESTERDAY = 45, 12, 1  # days


def tell(story: Story) -> None:
    """Whoever chose for themselves comes from every third of those to whom something is suggested."""
    waiting = _suggested(story)
    choosing = list(User.objects.in_bulk(waiting[::3]).values())
    done = [path for person in choosing[:FINISHED] if (path := _take(story, person, LONG_AGO))]
    begun = [path for person in choosing[FINISHED : FINISHED + BEGUN] if (path := _take(story, person, LATELY))]
    halves = [path.steps.select_related("enrolment")[: number % 2] for number, path in enumerate(begun)]
    _complete(story, [path.steps.select_related("enrolment") for path in done] + halves)
    for path in LearningPath.objects.filter(pk__in=[path.pk for path in done], closed_at__isnull=False):
        write_end([path], path.closed_at or clock.now(), "")  # by the levels that follow from these courses
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
    return accept(person, mark=found.mark, courses=courses, at=moment(on, 14), due_on=story.today + 14 * DAY)


def _first(found: Suggestion) -> list[int]:
    """A few courses; whatever one of them needs stands before it."""
    return [step.course.pk for step in found.steps[:SHORT]]


def _complete(story: Story, parts: Iterable[Iterable[PathStep]]) -> None:
    """Complete the steps of each part, the last one yesterday, and let levels follow: evidence waits for no worker."""
    rows: list[tuple[Enrolment, datetime]] = []
    for part in parts:
        steps = [step.enrolment for step in part if step.enrolment and step.enrolment.is_open]
        days = range(YESTERDAY + 2 * len(steps) - 2, 0, -2)
        rows += [(held, moment(story.today - n * DAY, 16)) for held, n in zip(steps, days, strict=True)]
    _pass(rows)
    complete_many(rows)
    pieces = of_completions([enrolment.pk for enrolment, _at in rows], clock.now())
    insert(pieces, [piece.at for piece in pieces])
    pairs = {(piece.person_id, piece.competency_id) for piece in pieces}
    rederive_pairs(pairs, at=clock.now(), why=LevelChange.Why.EVIDENCE)


def _pass(rows: Sequence[tuple[Enrolment, datetime]]) -> None:
    """Whoever completes a course has passed its quizzes, half an hour before."""
    tries = []
    for enrolment, at in rows:
        units = Unit.objects.filter(course=enrolment.course_id).in_version(enrolment.version)
        quizzes = Quiz.objects.filter(unit__in=units, practice=False)
        tries += [PastAttempt(enrolment, quiz, at - HOUR, at - HOUR / 2, right) for quiz in quizzes]
    record_attempts(tries)


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
