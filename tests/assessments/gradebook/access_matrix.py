"""Who gets through at the pages and operations of the gradebook."""

from tests.access.matrix import Row
from tests.factories.assessments import QuestionFactory, QuizFactory, put
from tests.factories.courses import ProgrammeFactory, UnitFactory, add_courses

RESULTS = "hr supervisor mentor assessor auditor"


def course_of(world):
    def make():
        unit = UnitFactory(kind="quiz")
        put(QuizFactory(unit=unit), QuestionFactory(topic=unit.course.topic))
        return unit.course

    return world.make("course with a quiz", make)


def programme_of(world):
    def make():
        programme = ProgrammeFactory()
        add_courses(programme, course_of(world))
        return programme

    return world.make("programme with a quiz", make)


def course(world, _person):
    return {"pk": course_of(world).pk}


def programme(world, _person):
    return {"pk": programme_of(world).pk}


ROWS = {
    "gradebooks": Row(RESULTS),
    "course-gradebook": Row(RESULTS, own=course),
    "course-gradebook-csv": Row(RESULTS, own=course),
    "course-gradebook-excel": Row(RESULTS, own=course),
    "course-gradebook-groups": Row(RESULTS, own=course),
    "programme-gradebook": Row(RESULTS, own=programme),
    "programme-gradebook-csv": Row(RESULTS, own=programme),
    "programme-gradebook-excel": Row(RESULTS, own=programme),
    "programme-gradebook-groups": Row(RESULTS, own=programme),
    "GET /api/v1/gradebook/": Row("hr auditor api_client"),  # which book is asked for is missing
}
