from uuid import UUID

from tests.access.matrix import Row
from tests.factories.courses import AssignmentFactory, ProgrammeFactory

TOKEN = UUID(int=1)
READERS = "api_client hr auditor"


def programme(world, _person):
    return {"pk": world.make("programme", ProgrammeFactory).pk}


def assignment(world, _person):
    return {"pk": world.make("assignment", AssignmentFactory).pk}


def step(world, person):
    return {**programme(world, person), "token": TOKEN}


ROWS = {
    "programmes": Row("hr auditor"),
    "programme": Row("hr auditor", own=programme),
    "programme-new": Row("hr", methods="GET POST"),
    "programme-edit": Row("hr", own=programme, methods="GET POST"),
    "programme-archive": Row("hr", own=programme, methods="POST"),
    "assignment": Row("hr auditor", own=assignment),
    "assign": Row("hr", own=programme),
    "assign-audience": Row("hr", own=step, methods="GET POST"),
    "assign-due": Row("hr", own=step, methods="GET POST"),
    "assign-check": Row("hr", own=step, methods="GET POST"),
    "exceptions": Row("hr auditor"),
    "exceptions-decide": Row("hr", methods="POST"),
    "GET /api/v1/programmes/": Row(READERS),
    "GET /api/v1/programmes/{pk}/": Row(READERS, own=programme),
}
