from uuid import UUID

from tests.access.matrix import Row
from tests.factories.courses import (
    AssignmentFactory,
    ItemFactory,
    ParticipationFactory,
    ProgrammeFactory,
    StageFactory,
)

TOKEN = UUID(int=1)
READERS = "api_client hr auditor"


def programme(world, _person):
    return {"pk": world.make("programme", ProgrammeFactory).pk}


def draft(world, _person):
    return {"pk": world.make("draft", lambda: ProgrammeFactory(draft=True)).pk}


def stage_of_draft(world, person):
    found = draft(world, person)
    return {"pk": world.make("stage", lambda: StageFactory(programme_id=found["pk"])).pk}


def item_of_draft(world, person):
    stage = stage_of_draft(world, person)
    return {"pk": world.make("item", lambda: ItemFactory(stage_id=stage["pk"])).pk}


def new_item(world, person):
    return {"stage_pk": stage_of_draft(world, person)["pk"], "kind": "session"}


def assignment(world, _person):
    return {"pk": world.make("assignment", AssignmentFactory).pk}


def of_the_agent(world, _person):
    return {"pk": world.make("taking", lambda: ParticipationFactory(person=world.agent)).pk}


def of_the_stranger(world, _person):
    return {"pk": world.make("other taking", lambda: ParticipationFactory(person=world.stranger)).pk}


def step(world, person):
    return {**programme(world, person), "token": TOKEN}


ROWS = {
    "programmes": Row("hr auditor"),
    "programme": Row("hr auditor", own=programme),
    "programme-new": Row("hr", methods="GET POST"),
    "programme-edit": Row("hr", own=programme, methods="GET POST"),
    "programme-draft": Row("hr", own=programme, methods="POST"),
    "programme-stages": Row("hr", own=draft),
    "programme-order": Row("hr", own=draft, methods="POST"),
    "programme-preview": Row("hr auditor", own=programme),
    "programme-publish": Row("hr", own=draft, methods="GET POST"),
    "programme-discard": Row("hr", own=programme, methods="POST"),
    "programme-clone": Row("hr", own=programme, methods="GET POST"),
    "programme-archive": Row("hr", own=programme, methods="POST"),
    "stage-new": Row("hr", own=lambda w, p: {"programme_pk": draft(w, p)["pk"]}, methods="GET POST"),
    "stage-edit": Row("hr", own=stage_of_draft, methods="GET POST"),
    "stage-act": Row("hr", own=stage_of_draft, methods="POST"),
    "item-new": Row("hr", own=new_item, methods="GET POST"),
    "item-edit": Row("hr", own=item_of_draft, methods="GET POST"),
    "item-remove": Row("hr", own=item_of_draft, methods="POST"),
    "assignment": Row("hr auditor", own=assignment),
    "assignment-end": Row("hr", own=assignment, methods="POST"),
    "participation": Row(
        "hr supervisor auditor mentor",
        own=of_the_agent,
        foreign=of_the_stranger,
        sees_foreign="hr auditor",
        unseen="mentor",
    ),
    "participation-decide": Row("hr", own=of_the_agent, methods="POST"),
    "my-programmes": Row("trainee"),
    "assign": Row("hr", own=programme),
    "assign-audience": Row("hr", own=step, methods="GET POST"),
    "assign-due": Row("hr", own=step, methods="GET POST"),
    "assign-check": Row("hr", own=step, methods="GET POST"),
    "exceptions": Row("hr auditor"),
    "exceptions-decide": Row("hr", methods="POST"),
    "GET /api/v1/programmes/": Row(READERS),
    "GET /api/v1/programmes/{pk}/": Row(READERS, own=programme),
    "GET /api/v1/assignments/": Row(READERS),
    "GET /api/v1/assignments/{pk}/": Row(READERS, own=assignment),
    "GET /api/v1/participations/": Row(READERS),
    "GET /api/v1/participations/{pk}/": Row(READERS, own=of_the_agent),
}
