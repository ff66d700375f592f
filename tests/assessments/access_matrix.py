"""Who gets through at the pages and operations of questions, quizzes, attempts and certificates."""

from assessments.attempts.actions import start
from tests.access.matrix import Row
from tests.assessments.conftest import NOON
from tests.factories.assessments import CertificateFactory, CertificationFactory, QuestionFactory, QuizFactory, put
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory

VIEW_BANK, EDIT_BANK = "hr instructor assessor auditor", "hr instructor assessor"
RESULTS = "hr supervisor mentor assessor auditor"
READERS = "hr auditor api_client"


def quiz_of(world):
    def make():
        unit = UnitFactory(kind="quiz")
        return put(QuizFactory(unit=unit, time_limit_minutes=None), QuestionFactory(topic=unit.course.topic))

    return world.make("quiz", make)


def enrolment_of(world, person):
    course = quiz_of(world).unit.course
    return world.make(f"enrolment in the quiz {person.pk}", lambda: EnrolmentFactory(person=person, course=course))


def attempt_of(world, person):
    how = lambda: start(enrolment_of(world, person), quiz_of(world), at=NOON)  # noqa: E731 - made once a person
    return {"pk": world.make(f"attempt {person.pk}", how).pk}


def way_to_quiz(world, person):
    return {"pk": enrolment_of(world, person).pk, "unit_pk": quiz_of(world).unit_id}


def rule_of(world):
    return world.make("certification", lambda: CertificationFactory(courses=[CourseFactory()]))


def certificate_of(world, person):
    how = lambda: CertificateFactory(person=person, certification=rule_of(world))  # noqa: E731 - made once a person
    return {"pk": world.make(f"certificate {person.pk}", how).pk}


def question(world, _person):
    return {"pk": quiz_of(world).items.get(question__isnull=False).question_id}


def quiz(world, _person):
    return {"pk": quiz_of(world).pk}


def unit(world, _person):
    return {"pk": quiz_of(world).unit_id}


def section(world, _person):
    quiz = quiz_of(world)
    return {"pk": quiz.unit_id, "section_pk": world.make("section", lambda: quiz.sections.create(title="案例")).pk}


def draw(world, _person):
    quiz = quiz_of(world)
    return {"pk": quiz.unit_id, "slot_pk": world.make("draw", lambda: quiz.items.create(pool={"tags": ["七天"]})).pk}


def rule(world, _person):
    return {"pk": rule_of(world).pk}


def of_agent(what):
    return lambda world, _person: what(world, world.agent)


def of_stranger(what):
    return lambda world, _person: what(world, world.stranger)


def answer(_world, _person):
    return {"position": 1, "sequence": 1, "answer": '["a"]'}


def away(_world, _person):
    return {"from": 1000, "seconds": 5}


ROWS = {
    "questions": Row(VIEW_BANK),
    "questions-csv": Row(VIEW_BANK),
    "question": Row(VIEW_BANK, own=question),
    "question-new": Row(EDIT_BANK, methods="GET POST"),
    "question-edit": Row(EDIT_BANK, own=question, methods="GET POST"),
    "quiz-edit": Row("hr instructor", own=unit),
    "quiz-change": Row("hr instructor", own=unit, methods="POST"),
    "quiz-question-new": Row("hr instructor", own=unit, methods="GET POST"),
    "quiz-settings": Row("hr instructor", own=unit, methods="GET POST"),
    "quiz-preview": Row("hr instructor", own=unit, methods="GET POST"),
    "quiz-section-new": Row("hr instructor", own=unit, methods="GET POST"),
    "quiz-section": Row("hr instructor", own=section, methods="GET POST"),
    "quiz-draw-new": Row("hr instructor", own=unit, methods="GET POST"),
    "quiz-draw": Row("hr instructor", own=draw, methods="GET POST"),
    "quiz-draw-count": Row("hr instructor", own=unit),
    "quiz": Row("trainee", own=way_to_quiz, foreign=of_stranger(way_to_quiz)),
    "quiz-start": Row("trainee", own=way_to_quiz, foreign=of_stranger(way_to_quiz), methods="POST"),
    "attempt": Row(f"trainee {RESULTS}", own=attempt_of, foreign=of_stranger(attempt_of), sees_foreign="hr auditor"),
    "attempt-save": Row("trainee", own=attempt_of, foreign=of_stranger(attempt_of), methods="POST", data=answer),
    "attempt-check": Row("trainee", own=attempt_of, foreign=of_stranger(attempt_of), methods="POST", data=answer),
    "attempt-left": Row("trainee", own=attempt_of, foreign=of_stranger(attempt_of), methods="POST", data=away),
    "attempt-take-over": Row("trainee", own=attempt_of, foreign=of_stranger(attempt_of), methods="POST"),
    "attempt-submit": Row("trainee", own=attempt_of, foreign=of_stranger(attempt_of), methods="POST"),
    "attempt-grant": Row(
        "hr supervisor",
        own=of_agent(attempt_of),
        foreign=of_stranger(attempt_of),
        sees_foreign="hr",
        methods="POST",
    ),
    "results": Row(RESULTS),
    "results-csv": Row(RESULTS),
    "certifications": Row("hr supervisor auditor"),
    "certification": Row("hr supervisor auditor", own=rule),
    "certification-csv": Row("hr supervisor auditor", own=rule),
    "certification-new": Row("hr", methods="GET POST"),
    "certification-edit": Row("hr", own=rule, methods="GET POST"),
    "certification-archive": Row("hr", own=rule, methods="POST"),
    "my-certificates": Row("trainee"),
    "certificate-pdf": Row(
        "trainee hr supervisor mentor auditor",
        own=certificate_of,
        foreign=of_stranger(certificate_of),
        sees_foreign="hr auditor",
    ),
    "certificate-revoke": Row(
        "hr", own=of_agent(certificate_of), foreign=of_stranger(certificate_of), sees_foreign="hr", methods="POST"
    ),
    "verify": Row(public=True),
    "verify-certificate": Row(public=True, own=lambda _w, _p: {"code": "NOTHING"}, got="404"),
    "GET /api/v1/quizzes/": Row(READERS),
    "GET /api/v1/quizzes/{pk}/": Row(READERS, own=quiz),
    "PATCH /api/v1/quizzes/{pk}/": Row("hr api_client", own=quiz),
    "GET /api/v1/attempts/": Row(READERS),
    "GET /api/v1/attempts/{pk}/": Row(READERS, own=of_agent(attempt_of), got="404"),  # in progress: no result yet
    "GET /api/v1/certificates/": Row(READERS),
    "GET /api/v1/certificates/{pk}/": Row(READERS, own=of_agent(certificate_of)),
    "GET /api/v1/certifications/": Row(READERS),
    "GET /api/v1/certifications/{pk}/": Row(READERS, own=rule),
}
