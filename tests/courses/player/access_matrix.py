from tests.access.matrix import Row
from tests.courses.curriculum.access_matrix import course
from tests.factories.courses import EnrolmentFactory


def _enrolment(world, person):
    return world.make(f"enrolment of {person.pk}", lambda: EnrolmentFactory(person=person, course=course(world)))


def mine(world, person):
    return {"pk": _enrolment(world, person).pk}


def of_stranger(world, _person):
    return mine(world, world.stranger)


def my_unit(world, person):
    return {**mine(world, person), "unit_pk": course(world).units.get().pk}


def unit_of_stranger(world, _person):
    return my_unit(world, world.stranger)


ROWS = {
    "my-courses": Row("trainee"),
    "learn": Row("trainee", own=mine, foreign=of_stranger),
    "learn-on": Row("trainee", own=mine, foreign=of_stranger),
    "learn-unit": Row("trainee", own=my_unit, foreign=unit_of_stranger),
    "learn-keep": Row("trainee", own=mine, foreign=of_stranger, methods="POST"),
    "notebook": Row("trainee"),
    "notebook-export": Row("trainee"),
    "learn-done": Row("trainee", own=my_unit, foreign=unit_of_stranger, methods="POST"),
    "learn-enrol": Row("trainee", own=lambda world, _person: {"course_pk": course(world).pk}, methods="POST"),
}
