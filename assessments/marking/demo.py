"""How the demo's quarterly exam went: taken by three teams, marked, appealed against, and one question graded again.

And its practice corner, where two people mark each reply.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from assessments.answering.demo import hand_in
from assessments.appeals.actions import appeal, uphold
from assessments.attempts import demo as answers
from assessments.attempts.history import PastAttempt, record_attempts
from assessments.attempts.models import Attempt, Response
from assessments.marking.actions import Verdict, mark, set_team
from assessments.overrides.actions import give
from assessments.overrides.terms import Grant
from assessments.questions.actions import save_question
from assessments.questions.models import Question, QuestionVersion
from assessments.quizzes.demo import fields_of
from assessments.quizzes.models import Quiz
from assessments.regrading import actions as regrading
from assessments.regrading.models import OnLoss, Regrade, Way
from courses.enrolment.bulk import complete_units, enrol_many
from courses.models import Course, Enrolment, Rubric
from trainingsite.core import clock
from trainingsite.core.demo import Story
from trainingsite.core.jobs import actions as jobs
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEAMS, FROM_EACH = ("after-sale-handling", "complaint-desk", "pre-sale-team-1"), 16
ABSENT, WAITING = 4, 6  # who has not come yet, and whose essays nobody has marked
GIVEN_AGO, FIRST_AGO = 80, 75
ESSAY, MISTAKEN, MUDDLED = "qe-003", "qe-001", "qe-002"
UNDERSTOOD, GUESSED = 0.8, 0.15  # how many know what the author did not, and what nobody has taught
APPEALED, APPEALING = 25, 37  # the places of those who appeal
ABILITY, ABILITY_IN_CORNER = (0.55, 1.0, 0.98), (0.7, 0.95)
GUESSING = -1.0  # knows nothing: the first to try gets every kind of question wrong once
ABLE = 0.85
IN_CORNER = 10
# Of the replies in the corner: which text, and the marks in percent by whom; without enough marks it waits.
TWICE: Sequence[tuple[int, Mapping[str, int]]] = (
    (0, {"assessor": 90, "instructor": 95}),
    (1, {"assessor": 40, "instructor": 75, "hr": 60}),
    (2, {"assessor": 20, "instructor": 55}),
    (1, {"assessor": 50}),
    (0, {}),
)
SAID = {
    "assessor": "按“承认、已做、今后”三条看。",
    "instructor": "先看有没有说出等了几天。",
    "hr": "取两者之间，理由见前两份。",
}


def tell(story: Story) -> None:
    texts = read("exam")
    people = list(_people(story))
    _Exam(story, texts, people).tell()
    _corner(story, texts, people[:IN_CORNER])


def _people(story: Story) -> Iterator[User]:
    """Those of three teams who were there when it was given, one of each team in turn."""
    there = User.objects.employed(story.today).filter(hired_on__lt=story.today - (GIVEN_AGO + 5) * DAY)
    agents = there.exclude(username__in=["mentor", "supervisor"]).order_by("pk")
    teams = [list(agents.filter(department=story.kept["department"][code])[:FROM_EACH]) for code in TEAMS]
    for row in zip(*teams, strict=False):
        yield from row


def _enrol(story: Story, course: Course, people: Sequence[User]) -> dict[int, Enrolment]:
    """Everybody's enrolment by person, and that of the demo's trainee, who has read what comes first."""
    trainee = User.objects.get(username="trainee")
    due_on = story.today + 10 * DAY
    enrol_many([person.pk for person in people], course, on=story.today - GIVEN_AGO * DAY, due_on=due_on)
    enrol_many([trainee.pk], course, on=story.today - 10 * DAY, due_on=due_on)
    set_team(course, [User.objects.get(username=name) for name in ("assessor", "instructor")])
    return {enrolment.person_id: enrolment for enrolment in Enrolment.objects.open().filter(course=course)}


class _Exam:
    def __init__(self, story: Story, texts: Mapping[str, Any], people: Sequence[User]) -> None:
        self.story, self.texts = story, texts
        self.course: Course = story.kept["exam"]
        self.quiz = Quiz.objects.select_related("unit").get(unit__course=self.course, practice=False)
        self.people, self.absent = people[:-ABSENT], people[-ABSENT:]
        self.enrolments = _enrol(story, self.course, people)
        self.assessor = User.objects.get(username="assessor")
        self.hr = User.objects.get(username="hr")
        self.essays: dict[int, int] = {}

    def tell(self) -> None:
        begins = [self._begins(place) for place in range(len(self.people))]
        self._prepare(begins)
        record_attempts([self._attempt(place, at) for place, at in enumerate(begins)])
        made = {one.person_id: one for one in Attempt.objects.filter(quiz=self.quiz)}
        essays = [self._essay_of(made[person.pk]) for person in self.people]
        for place, response in enumerate(essays[:-WAITING]):
            mark(response, self._verdict(self.essays[place]), by=self.assessor, at=begins[place] + 2 * DAY)
        self._appeal(essays[APPEALED], essays[APPEALING])
        give(
            self.quiz,
            self.absent[0],
            Grant(extra_minutes=20),
            reason=self.texts["override"],
            by=self.hr,
            at=moment(self.story.today - 6 * DAY, 11),
        )
        self._grade_again()

    def _begins(self, place: int) -> datetime:
        """One after the other, until yesterday."""
        ago = 1 + round((FIRST_AGO - 1) * (1 - place / (len(self.people) - 1)))
        return moment(self.story.today - ago * DAY, self.story.rng.randint(9, 16), self.story.rng.randint(0, 59))

    def _prepare(self, begins: Sequence[datetime]) -> None:
        """They have read what comes first, and practised."""
        first = [unit.pk for unit in self.course.units.order_by("position") if unit.pk != self.quiz.unit_id]
        day_before = [(self.enrolments[person.pk].pk, at - DAY) for person, at in zip(self.people, begins, strict=True)]
        complete_units([(enrolment, unit, at) for enrolment, at in day_before for unit in first])
        trainee = self.enrolments[User.objects.get(username="trainee").pk]
        complete_units([(trainee.pk, first[0], moment(self.story.today - 2 * DAY, 16))])

    def _attempt(self, place: int, at: datetime) -> PastAttempt:
        rng, person = self.story.rng, self.people[place]
        ability = rng.triangular(*ABILITY)
        written = rng.choices((0, 1, 2), (65, 33, 2) if ability > ABLE else (25, 50, 25))[0]
        self.essays[place] = 1 if place in (APPEALED, APPEALING) else written
        essay = f"{self.texts['essays'][self.essays[place]].strip()}\n{person.name}，工号 {person.employee_number}"

        def answer(version: QuestionVersion) -> Any:
            if version.question.code == ESSAY:
                return essay
            if version.question.code == MISTAKEN:
                return ["c"] if rng.random() < UNDERSTOOD else answers.right(version)
            return answers.answer(version, rng, GUESSED if version.question.code == MUDDLED else ability)

        minutes = rng.randint(24, 44)
        return PastAttempt(self.enrolments[person.pk], self.quiz, at, at + timedelta(minutes=minutes), answer)

    def _essay_of(self, attempt: Attempt) -> Response:
        return Response.objects.get(attempt=attempt, version__question__code=ESSAY)

    def _verdict(self, which: int, **better: int) -> Verdict:
        """The levels of the rubric in its order, with the comment on that text."""
        row = self.texts["verdicts"][which]
        criteria = Rubric.objects.in_use().get(title=read("practice")["rubric"]["title"]).criteria.all()
        points = {one.pk: better.get(one.title, level) for one, level in zip(criteria, row["points"], strict=True)}
        return Verdict(points=points, comment=row["comment"])

    def _appeal(self, answered: Response, waiting: Response) -> None:
        """One was answered, the other waits."""
        first, second = self.texts["appeals"]
        marked = answered.markings.latest("at").at
        made = appeal(answered, first["text"], by=answered.attempt.person, at=marked + 2 * DAY)
        better = self._verdict(1, **{self.texts["better_in"]: 10})
        uphold(made, better, reason=first["answer"], by=User.objects.get(username="instructor"), at=marked + 4 * DAY)
        appeal(waiting, second["text"], by=waiting.attempt.person, at=moment(self.story.today - 2 * DAY, 10))

    def _grade_again(self) -> None:
        """The author's mistake is put right, and what was answered is graded by the new key."""
        question = Question.objects.get(code=MISTAKEN)
        given = next(row for row in self.texts["questions"] if row["code"] == MISTAKEN)
        owner = User.objects.get(username="instructor")
        at = moment(self.story.today, 8, 30)
        with clock.frozen(at):
            save_question(question, by=owner, **fields_of(given, owner, corrected=True))
            question.refresh_from_db()
            regrade = regrading.start(question, way=Way.CORRECTED, by=self.hr)
            _work(regrade)
            regrade = regrading.carry_out(
                regrade, reason=self.texts["regrade"], on_loss=OnLoss.KEEP, by=self.hr, at=at + HOUR / 2
            )
            _work(regrade)


def _work(regrade: Regrade) -> None:
    """What a worker would do."""
    if regrade.job_id is not None:
        jobs.run(regrade.job_id)


def _corner(story: Story, texts: Mapping[str, Any], people: Sequence[User]) -> None:
    """Ten people have tried what checks at once and what asks how certain one is; five have written a reply."""
    course: Course = story.kept["corner"]
    enrolments = _enrol(story, course, people)
    checked, certain, twice, review = Quiz.objects.filter(unit__course=course).order_by("unit__position")
    article = course.units.get(kind="article")
    for place, person in enumerate(people):
        at = moment(story.today - (12 - place) * DAY, 14)
        enrolment = enrolments[person.pk]
        complete_units([(enrolment.pk, article.pk, at - HOUR)])
        ability = story.rng.uniform(*ABILITY_IN_CORNER)
        _try(story, enrolment, (checked, certain), at, ability if place else GUESSING)
        if place < len(TWICE):
            _mark_twice(enrolment, twice, texts["replies"], TWICE[place], at + DAY)
        if place < len(texts["reviews"]):
            _review(enrolment, review, texts["reviews"][place], at + 2 * HOUR)


def _try(story: Story, enrolment: Enrolment, quizzes: Sequence[Quiz], at: datetime, ability: float) -> None:
    rows = []
    for number, quiz in enumerate(quizzes):
        asked = [item.question_id for item in quiz.items.all() if item.question_id]
        certainties = {pk: story.rng.choices((1, 2, 3), (20, 35, 45))[0] for pk in asked}
        begun = at + number * HOUR / 2
        rows.append(
            PastAttempt(
                enrolment,
                quiz,
                begun,
                begun + timedelta(minutes=story.rng.randint(4, 9)),
                lambda version: answers.answer(version, story.rng, ability),
                certainties=certainties if quiz == quizzes[1] else {},
            )
        )
    record_attempts(rows)
    passed = Attempt.objects.filter(enrolment=enrolment, quiz__in=quizzes, passed=True).select_related("quiz")
    complete_units([(enrolment.pk, one.quiz.unit_id, one.submitted_at) for one in passed if one.submitted_at])


def _review(enrolment: Enrolment, quiz: Quiz, row: Mapping[str, Any], at: datetime) -> None:
    """A file is handed in, and marked where there is a mark for it."""
    attempt = hand_in(enrolment, quiz, row["title"], row["lines"], at=at)
    if "mark" in row:
        verdict = Verdict(percent=Decimal(row["mark"]), comment=row["comment"])
        mark(attempt.responses.get(), verdict, by=User.objects.get(username="assessor"), at=at + DAY)


def _mark_twice(
    enrolment: Enrolment, quiz: Quiz, replies: Sequence[str], row: tuple[int, Mapping[str, int]], at: datetime
) -> None:
    which, marks = row
    end = at + timedelta(minutes=9)
    record_attempts([PastAttempt(enrolment, quiz, at, end, lambda _version: replies[which])])
    response = Response.objects.get(attempt__enrolment=enrolment, attempt__quiz=quiz)
    for number, (name, percent) in enumerate(marks.items(), start=1):
        by = User.objects.get(username=name)
        mark(response, Verdict(percent=Decimal(percent), comment=SAID[name]), by=by, at=end + number * DAY)
