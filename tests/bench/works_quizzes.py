"""What a million answers and two thousand people cost the statistics and the gradebook; all of it is taken back."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.test import Client

from assessments.attempts.deadlines import sweep
from assessments.attempts.models import State
from assessments.models import Attempt, CountedAttempt, Question, QuestionVersion, Quiz, QuizQuestion, Response
from assessments.statistics.actions import count_all, count_changed
from courses.curriculum.actions import add_unit, create_course
from courses.curriculum.versions import publish_version
from courses.models import Course, Enrolment, Topic
from tests.bench.works import _print, _seconds, taken_back
from trainingsite.core import clock
from trainingsite.people.models import User

PEOPLE, QUIZZES, QUESTIONS = 10_000, 5, 20
BOOK, COLUMNS = 2_000, 10
OPTIONS = [{"id": key, "text": f"做法 {key}", "correct": key == "a"} for key in "abcd"]
# How often somebody is right: people differ, and so do questions; b is the mistake that most make.
RIGHT = "random() < 0.35 + 0.5 * (attempt.person_id % 89) / 89.0 + 0.01 * old.position"


def measure_quizzes() -> None:
    """Print what each work took, beside its goal."""
    with taken_back():
        course = _course(QUIZZES)
        _take(course, PEOPLE)
        answers = Response.objects.filter(attempt__quiz__unit__course=course).count()
        _print(f"statistics of {answers:,} answers", _seconds(lambda: count_all(at=clock.now())), "< 60")
        _print("the same when nothing is new", _seconds(lambda: count_changed(at=clock.now())), "< 1")
        assert CountedAttempt.objects.filter(quiz__unit__course=course).count() == PEOPLE * QUIZZES
    with taken_back():
        course = _course(COLUMNS)
        _take(course, BOOK, twice=True)
        client = Client()
        client.force_login(User.objects.get(username="hr"), "trainingsite.people.access.backend.PersonBackend")
        path = f"/gradebook/courses/{course.pk}/"
        client.get(path)
        what = f"gradebook of {BOOK:,} people, {COLUMNS} quizzes"
        _print(f"{what}: first page", _seconds(lambda: client.get(path)), "< 0.1")
        _print(f"{what}: by mean, page 20", _seconds(lambda: client.get(f"{path}?sort=-mean&page=20")), "< 0.3")
        _print(f"{what}: as CSV", _seconds(lambda: b"".join(client.get(f"{path}export/"))), "< 0.4")


def measure_grading() -> None:
    """Print how many attempts one worker grades a second when the time of 10,000 ends at once."""
    with taken_back():
        course = _course(1)
        _take(course, PEOPLE)
        attempts = Attempt.objects.filter(quiz__unit__course=course)
        Response.objects.filter(attempt__in=attempts).update(fraction=None)
        over = clock.now()
        again = {"score": None, "passed": None, "submitted_at": None, "deadline": over, "check_at": over}
        count = attempts.update(state=State.IN_PROGRESS, **again)
        Enrolment.objects.filter(course=course).update(completed_at=None)
        seconds = _seconds(lambda: sweep(at=clock.now()))
        assert not attempts.filter(check_at__isnull=False).exists()
        _print(f"{count:,} attempts whose time has ended, graded a second by one worker", count / seconds, "> 250")


def _course(quizzes: int) -> Course:
    """A published course with so many quizzes of twenty questions."""
    topic = Topic.objects.order_by("pk")[0]
    course = create_course(topic=topic, title="测量用测验")
    units = [add_unit(course, kind="quiz", title=f"测验 {number}") for number in range(quizzes)]
    for unit in units:
        quiz = Quiz.objects.get_or_create(unit=unit)[0]
        for number in range(QUESTIONS):
            question = Question.objects.create(topic=topic, code=f"bench-{unit.pk}-{number}", kind="single")
            content = {"options": OPTIONS}
            question.current = QuestionVersion.objects.create(question=question, number=1, stem="?", content=content)
            question.save()
            QuizQuestion.objects.create(quiz=quiz, question=question, position=number)
    publish_version(course, by=None, at=clock.now())
    course.refresh_from_db()
    return course


def _take(course: Course, people: int, *, twice: bool = False) -> None:
    """One person takes every quiz by hand, and so many others do the same, a little better or worse."""
    now = clock.now()
    everybody = User.objects.filter(is_service=False, left_on=None).order_by("pk").values_list("pk", flat=True)
    first, *others = everybody[:people]
    model = Enrolment.objects.create(person_id=first, course=course, assigned_on=now.date(), completed_at=now)
    made = [
        _attempt(model, quiz, number, now)
        for quiz in Quiz.objects.filter(unit__course=course)
        for number in ((1, 2) if twice else (1,))
    ]
    _copy(Enrolment, f"old.id = {model.pk}", "unnest(%s::bigint[]) AS person (id)", {"person_id": "person.id"}, others)
    ids = ", ".join(str(attempt.pk) for attempt in made)
    taking = f"courses_enrolment AS taking ON taking.course_id = {course.pk} AND taking.id <> {model.pk}"
    changed = {
        "person_id": "taking.person_id",
        "enrolment_id": "taking.id",
        "score": "round(random()::numeric * 100, 2)",
    }
    _copy(Attempt, f"old.id IN ({ids})", taking, changed)
    attempt = (
        "assessments_attempt AS first ON first.id = old.attempt_id JOIN assessments_attempt AS attempt "
        "ON attempt.quiz_id = first.quiz_id AND attempt.number = first.number AND attempt.id <> first.id "
        f"JOIN LATERAL (SELECT {RIGHT} AS yes, CASE WHEN random() < 0.7 THEN 'b' ELSE 'c' END AS wrong) AS chance "
        "ON true"
    )
    answered = {
        "attempt_id": "attempt.id",
        "fraction": "chance.yes::int",
        "answer": "CASE WHEN chance.yes THEN '[\"a\"]'::jsonb ELSE jsonb_build_array(chance.wrong) END",
    }
    _copy(Response, f"old.attempt_id IN ({ids})", attempt, answered)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE assessments_attempt, assessments_response, courses_enrolment")


def _attempt(enrolment: Enrolment, quiz: Quiz, number: int, now: Any) -> Attempt:
    attempt = Attempt.objects.create(
        quiz=quiz,
        person_id=enrolment.person_id,
        enrolment=enrolment,
        number=number,
        state="graded",
        pass_mark=60,
        started_at=now,
        submitted_at=now,
        score=80,
        passed=True,
    )
    Response.objects.bulk_create(
        Response(attempt=attempt, version_id=item.question.current_id, position=place, answer=["a"], fraction=1)
        for place, item in enumerate(quiz.items.select_related("question"), start=1)
    )
    return attempt


def _copy(
    model: type[models.Model], which: str, joined: str, changed: Mapping[str, str], values: list[int] | None = None
) -> None:
    """Rows like the chosen ones, once for each joined row, with other values in some columns."""
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    shown = ", ".join(changed.get(column, f"old.{column}") for column in columns)
    on = "" if " ON " in joined else " ON true"
    table = model._meta.db_table
    sql = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {shown} FROM {table} AS old JOIN {joined}{on} WHERE {which}"  # noqa: S608 - names of ours
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, None if values is None else [values])
