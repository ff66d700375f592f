"""Which result of whom stands in which cell, and which rows are shown in which order."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.attempts.outcome import outcome_of
from assessments.gradebook.books import book_of_programme
from assessments.gradebook.matrix import Asked, Cell, matrix
from assessments.models import Appeal, Response
from assessments.quizzes.models import Counts
from courses.models import Enrolment
from tests.assessments.conftest import NOON
from tests.assessments.gradebook.trying import tried
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import EnrolmentFactory, UnitFactory
from tests.factories.people import PersonFactory
from trainingsite.people.models import User

TODAY = date(2026, 6, 2)


def rows_of(book, **asked):
    return matrix(book.columns, book.members(on=TODAY), Asked(**asked))[0]


def names_of(book, **asked):
    return [row.name for row in rows_of(book, **asked)]


@pytest.mark.parametrize(
    ("counts", "score", "passed", "attempt"),
    [("best", 90, True, 2), ("last", 50, False, 3), ("first", 40, False, 1), ("average", 60, True, 3)],
)
def test_a_cell_goes_by_what_the_quiz_counts(quiz, enrolment, book, counts, score, passed, attempt):
    quiz.counts = counts
    quiz.save()
    made = [tried(enrolment, quiz, score, number=number) for number, score in enumerate([40, 90, 50], start=1)]
    (row,) = rows_of(book())
    assert row.cells == [Cell(score, passed, made[attempt - 1].pk, 3, False, False, False)]
    assert (row.mean, row.passed) == (score, int(passed))


@pytest.mark.parametrize("seed", range(4))
def test_cells_say_what_the_attempts_room_says(quiz, book, seed):
    rng = Random(seed)
    quiz.counts = rng.choice(Counts.values)
    quiz.save()
    enrolments = [EnrolmentFactory(course=quiz.unit.course) for _ in range(8)]
    for enrolment in enrolments:
        for number in range(1, rng.randint(1, 4)):
            tried(enrolment, quiz, Decimal(rng.randint(0, 10000)) / 100, number=number)
    found = {row.pk: row.cells[0] for row in rows_of(book())}
    for enrolment in enrolments:
        outcome = outcome_of(quiz, enrolment.attempts.all())
        cell = found[enrolment.person_id]
        if outcome.score is None:
            assert cell is None
        else:
            assert (Decimal(str(cell.score)), cell.passed) == (outcome.score, outcome.passed)


def test_what_is_not_graded_has_a_state_and_no_score(quiz, enrolment, book):
    waits = tried(enrolment, quiz, 0, state="submitted")
    (row,) = rows_of(book())
    assert row.cells == [Cell(None, None, waits.pk, 1, True, False, False)]
    assert row.cells[0].state == "marking"
    assert row.mean is None


@pytest.mark.parametrize(("state", "said"), [("in_progress", "going"), ("overdue", "going"), ("abandoned",) * 2])
def test_an_attempt_that_goes_on_or_was_abandoned_is_said(quiz, enrolment, book, state, said):
    tried(enrolment, quiz, 0, state=state)
    (row,) = rows_of(book())
    assert row.cells[0].state == said


def test_a_graded_attempt_counts_beside_one_that_waits(quiz, enrolment, book):
    tried(enrolment, quiz, 70)
    tried(enrolment, quiz, 0, number=2, state="submitted")
    (row,) = rows_of(book())
    assert (row.cells[0].score, row.cells[0].state, row.cells[0].marking) == (70, "passed", True)


def test_practice_has_no_column_and_practised_attempts_no_cell(quiz, enrolment, book):
    QuizFactory(unit=UnitFactory(course=quiz.unit.course, kind="quiz"), practice=True)
    assert [column.quiz for column in book().columns] == [quiz]
    tried(enrolment, quiz, 0, state="practised")
    assert rows_of(book())[0].cells == [None]


def test_the_newest_enrolment_with_an_attempt_counts(quiz, trainee, book):
    course = quiz.unit.course
    old = EnrolmentFactory(person=trainee, course=course, completed_at=NOON)
    tried(old, quiz, 95)
    again = EnrolmentFactory(person=trainee, course=course, assigned_on=date(2026, 6, 2))
    assert rows_of(book())[0].cells[0].score == 95
    tried(again, quiz, 65, at=NOON + timedelta(days=1))
    assert rows_of(book())[0].cells[0].score == 65


def test_results_at_an_older_version_of_the_unit_stand_in_the_same_column(quiz, enrolment, book):
    unit = quiz.unit
    newer = UnitFactory(course=unit.course, kind="quiz", slug=f"{unit.slug}-2", title=unit.title)
    type(unit).objects.filter(pk=unit.pk).update(removed_in=2)
    type(unit).objects.filter(pk=newer.pk).update(slug=unit.slug, introduced_in=2)
    type(unit.course).objects.filter(pk=unit.course_id).update(version=2)
    put(QuizFactory(unit=newer), QuestionFactory(topic=unit.course.topic))
    tried(enrolment, quiz, 77)
    unit.course.refresh_from_db()
    assert [column.quizzes for column in book().columns] == [(quiz.pk, newer.quiz.pk)]
    assert rows_of(book())[0].cells[0].score == 77


def test_an_open_appeal_is_said(quiz, asked, enrolment, book):
    attempt = tried(enrolment, quiz, 40)
    response = Response.objects.create(attempt=attempt, version=asked[0].current, position=1, fraction=0)
    Appeal.objects.create(response=response, text="?", fraction=0, made_at=NOON, due_at=NOON)
    assert rows_of(book())[0].cells[0].appealed
    assert [row.pk for row in rows_of(book(), state="appeal")] == [enrolment.person_id]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("", ["安琪", "边城", "蔡明", "丁一"]),
        ("passed", ["安琪"]),
        ("below", ["边城"]),
        ("missing", ["蔡明", "丁一"]),
        ("marking", ["蔡明"]),
        ("going", []),
    ],
)
def test_rows_can_be_chosen_by_state(class_of_four, book, state, names):
    assert names_of(book(), state=state) == names


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("-name", ["丁一", "蔡明", "边城", "安琪"]),
        ("0", ["安琪", "边城", "蔡明", "丁一"]),
        ("-0", ["边城", "安琪", "蔡明", "丁一"]),
        ("1", ["边城", "安琪", "蔡明", "丁一"]),
        ("mean", ["边城", "安琪", "蔡明", "丁一"]),
        ("-passed", ["安琪", "边城", "蔡明", "丁一"]),
        ("7", ["安琪", "边城", "蔡明", "丁一"]),
        ("1; DROP TABLE x", ["安琪", "边城", "蔡明", "丁一"]),
    ],
)
def test_rows_can_be_sorted(class_of_four, book, sort, names):
    assert names_of(book(), sort=sort) == names


def test_a_page_knows_how_many_there_are(class_of_four, book):
    found = book()
    rows, total = matrix(found.columns, found.members(on=TODAY), Asked(limit=2, offset=2))
    assert ([row.name for row in rows], total) == (["蔡明", "丁一"], 4)


def test_who_left_or_was_withdrawn_has_no_row(quiz, book):
    gone = EnrolmentFactory(course=quiz.unit.course, person=PersonFactory(left_on=date(2026, 5, 1)))
    EnrolmentFactory(course=quiz.unit.course, withdrawn_at=NOON)
    assert Enrolment.objects.count() == 2
    assert gone.person_id not in [row.pk for row in rows_of(book())]
    assert rows_of(book()) == []


def test_nobody_makes_no_row(quiz, book):
    found = book()
    assert matrix(found.columns, User.objects.none(), Asked()) == ([], 0)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_matrix_is_one_query(quiz, book, rows):
    for _ in range(rows):
        tried(EnrolmentFactory(course=quiz.unit.course), quiz, 80)
    found = book()
    with CaptureQueriesContext(connection) as made:
        assert len(matrix(found.columns, found.members(on=TODAY), Asked())[0]) == rows
    assert len(made) == 1


def test_the_columns_of_a_programme_are_in_the_order_of_learning(quiz, programme_of):
    other = put(QuizFactory(unit=UnitFactory(kind="quiz")), QuestionFactory(topic=quiz.unit.course.topic))
    programme = programme_of(other.unit.course, quiz.unit.course)
    book = book_of_programme(programme)
    assert [column.quiz for column in book.columns] == [other, quiz]


def test_the_rows_of_a_programme_are_who_takes_part(quiz, programme_of, taking_part):
    programme = programme_of(quiz.unit.course)
    person = taking_part(programme)
    taking_part(programme, left_at=datetime.fromisoformat("2026-06-01T00:00:00+00:00"))
    assert [row.pk for row in rows_of(book_of_programme(programme))] == [person.pk]
