"""Two years of learning: who took which quiz when, how it went, and what was completed and certified by it.

People differ: each has an ability and a diligence of the own; trying again and the months help.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from assessments.attempts import demo as answers
from assessments.attempts.history import PastAttempt, record_attempts
from assessments.attempts.snapshots import items_of
from assessments.certification import demo as certification
from assessments.learning_paths import demo as learning_paths
from assessments.marking import demo as marking
from assessments.matrix import demo as matrix
from assessments.points import demo as points
from assessments.practice import demo as practice
from assessments.profiles import demo as profiles
from assessments.questions import demo as questions
from assessments.questions.grading import NONE, fraction, percent
from assessments.questions.models import Question
from assessments.quizzes import demo as quizzes
from assessments.quizzes.models import Quiz, QuizQuestion
from assessments.ratings import demo as ratings
from assessments.statistics.actions import count_all
from assessments.surveys import demo as surveys
from courses.demo import Occasion
from courses.enrolment.actions import complete_many, complete_unit, mark_overdue, open_unit, withdraw
from courses.enrolment.models import Enrolment
from courses.models import Course
from courses.player import demo as player
from courses.releases import demo as releases
from trainingsite.core import clock
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
TRIES = 3
# Of what was given lately, this share nobody has begun.
PUT_OFF_DAYS, PUT_OFF_SHARE = 75, 0.07
# What the login `trainee` has done so far of the onboarding, course by course, days before today.
OF_THE_TRAINEE = {"seven-day-return": 9, "data-secrecy": 5}
# Some begin without having read the course: it costs them most of the quiz, and tells good questions from bad ones.
UNREAD_SHARE, UNREAD, READ = 0.15, -0.45, 0.04
NOW_READING = "product-line-basics"


@dataclass(frozen=True)
class Character:
    """Chance of a right answer to an easy question (0 to 1), and of being done in time (0 to 1)."""

    ability: float
    diligence: float


@dataclass
class History:
    """What is under way while the story is told."""

    story: Story
    quizzes: dict[int, Quiz] = field(default_factory=dict)
    items: dict[int, list[QuizQuestion]] = field(default_factory=dict)
    characters: dict[int, Character] = field(default_factory=dict)
    planned: list[tuple[datetime, Enrolment]] = field(default_factory=list)
    tried: defaultdict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))

    def learn(self, enrolments: Iterable[Enrolment]) -> None:
        """Decide when each of the new enrolments will be worked at."""
        for enrolment in enrolments:
            if at := self._moment(enrolment):
                self.planned.append((at, enrolment))

    def _moment(self, enrolment: Enrolment) -> datetime | None:
        rng, today = self.story.rng, self.story.today
        if enrolment.person.username == "trainee":
            ago = OF_THE_TRAINEE.get(enrolment.course.code)
            return moment(today - ago * DAY, 14) if ago and enrolment.assignment_id else None
        if (today - enrolment.assigned_on).days < PUT_OFF_DAYS and rng.random() < PUT_OFF_SHARE:
            return None
        window = max(((enrolment.due_on or today) - enrolment.assigned_on).days, 2)
        in_time = rng.random() < self.characters[enrolment.person_id].diligence
        days = rng.betavariate(2, 1.6) * window if in_time else window + rng.expovariate(1 / 6) + 1
        return moment(enrolment.assigned_on + timedelta(days=days), rng.randint(9, 17), rng.randint(0, 59))

    def catch_up(self, until: date) -> None:
        """Let everything happen that was planned for before `until`."""
        limit = moment(until, 0)
        due = sorted((row for row in self.planned if row[0] < limit), key=lambda row: (row[0], row[1].pk))
        self.planned = [row for row in self.planned if row[0] >= limit]
        attempts: list[PastAttempt] = []
        done: list[tuple[Enrolment, datetime]] = []
        given_up: list[tuple[Enrolment, datetime]] = []
        for at, enrolment in due:
            made, passed = self._take(enrolment, at)
            attempts += made
            if passed:
                done.append((enrolment, made[-1].submitted_at))
            elif (self.story.today - enrolment.assigned_on).days > PUT_OFF_DAYS:
                given_up.append((enrolment, made[-1].submitted_at + 3 * DAY))
        record_attempts(attempts)
        complete_many(done)
        for enrolment, at in given_up:
            withdraw(enrolment, reason="三次未通过，转为线下补训", at=at)

    def _take(self, enrolment: Enrolment, at: datetime) -> tuple[list[PastAttempt], bool]:
        """Up to three attempts, half an hour to a few hours apart, until one is passed."""
        quiz = self.quizzes[enrolment.course_id]
        made: list[PastAttempt] = []
        for number in range(TRIES):
            minutes = self.story.rng.randint(4, max(5, (quiz.time_limit_minutes or 15) - 2))
            answers = self._answers(enrolment, quiz, number)
            made.append(PastAttempt(enrolment, quiz, at, at + timedelta(minutes=minutes), answers))
            if self._score(quiz, answers) >= quiz.pass_mark:
                return made, True
            at += timedelta(minutes=self.story.rng.randint(35, 150))
        return made, False

    def _answers(self, enrolment: Enrolment, quiz: Quiz, number: int) -> dict[int, Any]:
        known = self.tried[enrolment.person_id, quiz.pk] = self.tried[enrolment.person_id, quiz.pk] + 1
        ability = self.characters[enrolment.person_id].ability + 0.05 * number + min(0.015 * known, 0.06)
        ability += UNREAD if self.story.rng.random() < UNREAD_SHARE else READ
        asked = (item.question for item in self.items[quiz.pk] if item.question)
        return {question.pk: self._answer(question, ability) for question in asked}

    def _answer(self, question: Question, ability: float) -> Any:
        assert question.current is not None  # noqa: S101 - a question of a quiz has a version
        question.current.question = question  # known without another query
        return answers.answer(question.current, self.story.rng, ability)

    def _score(self, quiz: Quiz, answers: dict[int, Any]) -> float:
        parts = [
            (item.points, fraction(question.kind, version, answers[question.pk]) or NONE)
            for item in self.items[quiz.pk]
            if (question := item.question) and (version := question.current)
        ]
        return float(percent(parts))


def tell(story: Story) -> None:
    with silence():
        history = History(story)
        for quiz in Quiz.objects.select_related("unit"):
            history.quizzes[quiz.unit.course_id] = quiz
            history.items[quiz.pk] = items_of(quiz)
        history.characters = _characters(story)
        _live_through(history, story.kept["occasions"])
        _let_the_trainee_read(story)
        player.tell(story)
        releases.tell(story)
        mark_overdue(on=story.today)
        questions.tell(story)
        certification.tell(story)
        surveys.tell(story)
        quizzes.tell(story)
        marking.tell(story)
        practice.tell(story)
        profiles.tell(story)
        ratings.tell(story)
        learning_paths.tell(story)
        points.tell(story)
        matrix.tell(story)
        count_all(at=clock.now())


def _characters(story: Story) -> dict[int, Character]:
    people = User.objects.filter(is_service=False).order_by("pk")
    return {
        person.pk: Character(
            ability=min(max(story.rng.gauss(0.85, 0.06), 0.7), 0.98),
            diligence=min(max(story.rng.gauss(0.93, 0.07), 0.6), 1.0),
        )
        for person in people
    }


def _live_through(history: History, occasions: Sequence[Occasion]) -> None:
    for occasion in occasions:
        history.catch_up(occasion.on)
        history.learn(occasion.happen().select_related("person", "course").order_by("pk"))
    history.catch_up(history.story.today + DAY)


def _let_the_trainee_read(story: Story) -> None:
    """The login `trainee` stands in the middle of a course, so that the first page has something to go on with."""
    course = Course.objects.get(code=NOW_READING)
    enrolment = Enrolment.objects.open().filter(person__username="trainee", course=course).first()
    if enrolment is not None:
        first = course.units.order_by("position")[0]
        open_unit(enrolment, first, at=moment(story.today - DAY, 15))
        complete_unit(enrolment, first, at=moment(story.today - DAY, 15, 20))
