"""Which attempt decides where one waits for people, where an earlier one is marked later, and where a pass was kept."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.attempts.grading import credit
from assessments.attempts.models import Attempt, Response
from assessments.attempts.outcome import outcome_of
from assessments.gradebook.books import book_of_course
from assessments.gradebook.matrix import Asked, matrix
from assessments.marking.actions import mark
from courses.models import Enrolment
from tests.assessments.conftest import NOON
from tests.factories.marking import answer_of, essay_quiz, handed_in, in_percent
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


@pytest.fixture
def hr(hire):
    return hire(Role.HR)


@pytest.fixture
def two(trainee):
    """Two attempts that wait, of a quiz that counts as it is asked to."""

    def made(counts):
        quiz = essay_quiz(graded=False, counts=counts)
        return quiz, handed_in(trainee, quiz), handed_in(trainee, quiz, number=2)

    return made


def marked(attempt, percent, by):
    mark(answer_of(attempt), in_percent(percent), by=by, at=LATER)


def standing(quiz):
    """Score and pass by the page, and by the gradebook; and whether the unit is done."""
    enrolment = Enrolment.objects.get()
    outcome = outcome_of(quiz, quiz.attempts.all())
    person = User.objects.filter(pk=enrolment.person_id)
    ((row,), _n) = matrix(book_of_course(quiz.unit.course).columns, person, Asked())
    cell = row.cells[0]
    assert (cell.score, bool(cell.passed)) == (outcome.score and float(outcome.score), outcome.passed)
    return outcome.score, outcome.passed, enrolment.progress.filter(completed_at__isnull=False).exists()


@pytest.mark.parametrize(("percent", "score", "passed"), [(40, 40, False), (80, 80, True)])
def test_first_handed_in_counts_and_nothing_while_it_waits(two, hr, percent, score, passed):
    quiz, first, second = two("first")
    marked(second, 90, hr)
    assert standing(quiz) == (None, False, False)
    marked(first, percent, hr)
    assert standing(quiz) == (Decimal(score), passed, passed)


def test_earlier_attempt_that_is_marked_later_is_not_the_last(two, hr):
    quiz, first, second = two("last")
    marked(second, 40, hr)
    marked(first, 90, hr)
    assert standing(quiz) == (Decimal(40), False, False)


def test_last_counts_as_soon_as_it_is_marked(two, hr):
    quiz, first, second = two("last")
    marked(first, 40, hr)
    marked(second, 90, hr)
    assert standing(quiz) == (Decimal(90), True, True)


@pytest.mark.parametrize("counts", ["best", "first", "last"])
def test_pass_that_a_regrade_has_let_stand_is_kept_by_later_marks(two, hr, counts):
    quiz, first, second = two(counts)
    for attempt in (first, second):
        marked(attempt, 80, hr)
    Response.objects.update(fraction=Decimal("0.2"))
    Attempt.objects.update(score=20)  # as a regrade leaves it
    for attempt in (first, second):
        marked(attempt, 30, hr)
    assert list(quiz.attempts.values_list("score", "passed")) == [(30, True), (30, True)]
    assert standing(quiz)[:2] == (Decimal(30), True)


def test_pass_by_a_mark_alone_goes_with_the_mark(trainee, hr):
    attempt = handed_in(trainee, essay_quiz(graded=False))
    for percent in (80, 30):
        marked(attempt, percent, hr)
    assert list(Attempt.objects.values_list("score", "passed")) == [(30, False)]


@pytest.mark.parametrize("people", [1, 5])
def test_crediting_asks_once_however_many_they_are(hire, people, django_assert_num_queries):
    quiz = essay_quiz(graded=False, counts="last")
    attempts = [handed_in(hire(), quiz) for _n in range(people)]
    Attempt.objects.update(state="graded", score=50, passed=False)
    found = list(Attempt.objects.filter(pk__in=[one.pk for one in attempts]).select_related("enrolment", "quiz"))
    with django_assert_num_queries(3):
        credit(found, at=LATER)
