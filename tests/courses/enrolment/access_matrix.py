from tests.access.matrix import Row
from tests.factories.courses import EnrolmentFactory
from trainingsite.core import clock

STAFF = "hr supervisor auditor mentor"
READERS = "api_client hr auditor"


def completed(world, person):
    make = lambda: EnrolmentFactory(person=person, completed_at=clock.now())  # noqa: E731 - made once a person
    return {"pk": world.make(f"completed {person.pk}", make).pk}


def of_the_agent(world, _person):
    return completed(world, world.agent)


def of_the_stranger(world, _person):
    return completed(world, world.stranger)


ONE = Row(READERS, own=of_the_agent, foreign=of_the_stranger, sees_foreign=READERS)
ROWS = {
    "enrolments": Row(STAFF),
    "enrolments-export": Row(STAFF),
    "enrolments-act": Row("hr supervisor", methods="POST"),
    "GET /api/v1/enrolments/": Row(READERS),
    "GET /api/v1/enrolments/{pk}/": ONE,
    "GET /api/v1/completions/": Row(READERS),
    "GET /api/v1/completions/{pk}/": ONE,
}
