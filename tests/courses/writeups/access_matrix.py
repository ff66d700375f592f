from tests.access.matrix import Row
from tests.factories.practice import enrolled, handed_in, write_up_unit

GRADERS = "hr instructor assessor"
API = "api_client hr auditor"
READERS = "trainee hr instructor assessor supervisor mentor auditor"


def unit(world):
    return world.make("write-up unit", write_up_unit)


def enrolment(world, person):
    return world.make(f"write-up enrolment of {person.pk}", lambda: enrolled(person, unit(world)))


def mine(world, person):
    return {"pk": enrolment(world, person).pk, "unit_pk": unit(world).pk}


def of_stranger(world, _person):
    return mine(world, world.stranger)


def write_up(world, person):
    enrolled_ = enrolment(world, person)
    return {"pk": world.make(f"write-up of {person.pk}", lambda: handed_in(enrolled_, unit(world))).pk}


def of_agent(world, _person):
    return write_up(world, world.agent)


def write_up_of_stranger(world, _person):
    return write_up(world, world.stranger)


ROWS = {
    "learn-write-up": Row("trainee", own=mine, foreign=of_stranger, methods="GET POST"),
    "write-up-save": Row("trainee", own=mine, foreign=of_stranger, methods="POST"),
    "write-up-edit": Row("hr instructor", own=lambda world, _p: {"pk": unit(world).pk}, methods="GET POST"),
    "write-ups": Row(GRADERS),
    "write-up": Row(
        READERS,
        own=of_agent,
        unseen="trainee instructor assessor mentor",
        foreign=write_up_of_stranger,
        sees_foreign="hr auditor",
    ),
    "write-up-grade": Row(
        GRADERS,
        own=of_agent,
        unseen="instructor assessor",
        foreign=write_up_of_stranger,
        sees_foreign="hr",
        methods="GET POST",
    ),
    "write-up-file": Row(READERS, own=of_agent, unseen=READERS),
    "GET /api/v1/write-ups/": Row(API),
    "GET /api/v1/write-ups/{pk}/": Row(API, own=of_agent, foreign=write_up_of_stranger, sees_foreign=API),
}
