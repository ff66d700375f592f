"""The pages of the statistics and their door for machines."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Question, QuestionFlag
from assessments.statistics.actions import count_quiz
from tests.assessments.conftest import NOON
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import CourseFactory, UnitFactory
from trainingsite.people.access.roles import Role


def more_quizzes(number):
    for _ in range(number):
        unit = UnitFactory(course=CourseFactory(), kind="quiz")
        quiz = put(QuizFactory(unit=unit), QuestionFactory(topic=unit.course.topic))
        answered(quiz, {quiz.items.get().question: single(True)})
        count_quiz(quiz.pk, at=NOON)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_a_fixed_number_of_queries(as_, hire, rows, db):
    more_quizzes(rows)
    client = as_(hire(Role.HR))
    client.get("/statistics/")
    with CaptureQueriesContext(
        connection,
    ) as made:
        page = client.get("/statistics/").content.decode()
    assert page.count("/statistics/quizzes/") == min(rows, 25)
    assert len(made) <= 6


def test_the_list_says_how_many_questions_ask_for_mending(as_, hire, taken):
    flagged = QuestionFlag.objects.to_mend().values("question").distinct().count()
    page = as_(hire(Role.ASSESSOR)).get("/statistics/").context["page"]
    assert [(tally.quiz_id, tally.attempts, tally.to_mend) for tally in page] == [(taken.pk, 40, flagged)]


def test_the_list_is_found_by_words_and_by_what_is_to_mend(as_, hire, taken):
    client = as_(hire(Role.HR))

    def found(**query):
        return [tally.quiz_id for tally in client.get("/statistics/", query).context["page"]]

    assert found(q="七天") == [taken.pk]
    assert found(q="没有") == []
    assert found(flagged="true") == [taken.pk]


def test_an_empty_list_says_what_will_be_here(as_, hire):
    assert "chart-histogram" in as_(hire(Role.HR)).get("/statistics/").content.decode()


def test_the_page_of_a_quiz_has_its_figures(as_, hire, taken):
    context = as_(hire(Role.HR)).get(f"/statistics/quizzes/{taken.pk}/").context
    assert context["figures"].n == 40
    assert [row.question.code for row in context["rows"]] == ["pr-1", "pr-2", "pr-3"]
    assert sum(context["histogram"]["series"][0]["data"]) == 40
    assert len(context["scatter"]["series"][0]["data"]) == len(context["scatter_table"]["rows"]) == 3


def test_too_few_answers_are_said_once_and_list_no_question(as_, hire, quiz):
    every = [QuestionFactory(topic=quiz.unit.course.topic) for _ in range(3)]
    answered(quiz, {question: single(True) for question in every})
    count_quiz(quiz.pk, at=NOON)
    context = as_(hire(Role.HR)).get(f"/statistics/quizzes/{quiz.pk}/").context
    assert (context["flagged"], context["few"]) == ([], 3)


@pytest.mark.parametrize("questions", [1, 30])
def test_the_page_of_a_quiz_takes_a_fixed_number_of_queries(as_, hire, quiz, questions):
    every = [QuestionFactory(topic=quiz.unit.course.topic) for _ in range(questions)]
    answered(quiz, {question: single(True) for question in every})
    count_quiz(quiz.pk, at=NOON)
    client = as_(hire(Role.HR))
    client.get("/statistics/")
    with CaptureQueriesContext(connection) as made:
        client.get(f"/statistics/quizzes/{quiz.pk}/")
    assert len(made) <= 8


def test_a_quiz_that_nobody_took_has_no_page(as_, hire, quiz):
    assert as_(hire(Role.HR)).get(f"/statistics/quizzes/{quiz.pk}/").status_code == 404


def test_the_csv_has_every_question_with_what_is_noticed(as_, hire, taken):
    text = b"".join(as_(hire(Role.HR)).get(f"/statistics/quizzes/{taken.pk}/export/")).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert [row[0] for row in rows[1:]] == ["pr-1", "pr-2", "pr-3"]
    assert rows[1][3] == "40"
    assert "转交主管" in rows[1][-1]


def test_the_page_of_a_question_shows_choices_and_flags(as_, hire, taken, asked):
    report = as_(hire(Role.INSTRUCTOR)).get(f"/questions/{asked[0].pk}/statistics/").context["report"]
    ((name, choices),) = report.parts
    assert (name, [choice.key.key for choice in choices]) == ("", ["a", "b", "c", "d"])
    assert sum(choice.n for choice in choices) == report.figures.n == 40
    assert [quiz.pk for quiz, _figures in report.quizzes] == [taken.pk]
    assert report.said


def test_the_question_s_own_page_asks_for_the_part_alone(as_, hire, taken, asked):
    path = f"/questions/{asked[0].pk}/statistics/"
    part = as_(hire(Role.HR)).get(path, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "k-tiles" in part


@pytest.mark.parametrize("quizzes", [1, 10])
def test_the_page_of_a_question_takes_a_fixed_number_of_queries(as_, hire, asked, quizzes):
    for _ in range(quizzes):
        quiz = put(QuizFactory(unit=UnitFactory(course=CourseFactory(), kind="quiz")), asked[0])
        answered(quiz, {asked[0]: single(True)})
        count_quiz(quiz.pk, at=NOON)
    client = as_(hire(Role.HR))
    client.get("/statistics/")
    with CaptureQueriesContext(connection) as made:
        client.get(f"/questions/{asked[0].pk}/statistics/")
    assert len(made) <= 7


def test_a_question_nobody_answered_says_so(as_, hire, asked):
    page = as_(hire(Role.HR)).get(f"/questions/{asked[0].pk}/statistics/")
    assert page.context["report"].figures is None
    assert Question.objects.count() == 3


def test_machines_read_a_quiz_with_its_questions(rest, taken, asked):
    (row,) = rest("get", "/api/v1/quiz-statistics/?course=seven-day-return").json()["results"]
    assert (row["course"], row["unit"], row["attempts"], row["figures"]["n"]) == ("seven-day-return", "quiz", 40, 40)
    assert [one["question"] for one in row["questions"]] == ["pr-1", "pr-2", "pr-3"]
    assert "dead_option" in row["questions"][0]["flags"]
    assert rest("get", f"/api/v1/quiz-statistics/{row['id']}/").json() == row


def test_machines_ask_for_what_has_changed(rest, taken):
    assert rest("get", "/api/v1/quiz-statistics/?modified_since=2026-06-01T04:00:00Z").json()["results"]
    assert not rest("get", "/api/v1/quiz-statistics/?modified_since=2026-06-01T04:00:01Z").json()["results"]
