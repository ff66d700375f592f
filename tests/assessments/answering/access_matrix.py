"""Who gets through at files of answers and at the beginning of a typing run."""

from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.answering.actions import keep_file
from assessments.attempts.actions import save_answer, start, submit
from assessments.attempts.models import Attempt
from tests.access.matrix import HUMANS, Row
from tests.assessments.conftest import NOON
from tests.factories.answering import upload_question
from tests.factories.assessments import QuizFactory, put
from tests.factories.courses import EnrolmentFactory, UnitFactory

SEE = "trainee hr supervisor mentor instructor assessor auditor"


def quiz_of(world):
    def make():
        unit = UnitFactory(kind="quiz")
        return put(QuizFactory(unit=unit, time_limit_minutes=None), upload_question(unit.course.topic))

    return world.make("quiz with a file", make)


def going(world, person) -> Attempt:
    quiz = quiz_of(world)
    made = lambda: EnrolmentFactory(person=person, course=quiz.unit.course)  # noqa: E731 - made once a person
    enrolment = world.make(f"enrolment with a file {person.pk}", made)
    return world.make(f"attempt with a file {person.pk}", lambda: start(enrolment, quiz, at=NOON))


def file_of(world, person):
    def make():
        attempt = going(world, person)
        answer = keep_file(attempt, 1, SimpleUploadedFile("a.csv", b"1,2"), at=NOON)
        save_answer(attempt, 1, answer, 1, at=NOON)
        submit(attempt, at=NOON)
        return answer["file"]

    return {"pk": world.make(f"file of {person.pk}", make)}


def of_stranger(world, _person):
    return file_of(world, world.stranger)


def upload(world, person):
    return {"attempt": going(world, person).pk, "position": 1}


ROWS = {
    "attempt-file": Row("trainee", methods="POST", data=upload),
    "answer-file": Row(SEE, own=file_of, foreign=of_stranger, sees_foreign="hr auditor"),
    "typing-begin": Row(HUMANS, methods="POST"),
}
