from courses.checklists.actions import sign
from courses.checklists.models import SignOff
from tests.access.matrix import Row
from tests.factories.practice import NINE, checklist_unit, enrolled

SIGNERS = "mentor supervisor instructor"
API = "api_client hr auditor"


def checklist(world):
    return world.make("checklist", checklist_unit)


def enrolment(world, person):
    return world.make(f"checklist of {person.pk}", lambda: enrolled(person, checklist(world).unit))


def mine(world, person):
    return {"pk": enrolment(world, person).pk, "unit_pk": checklist(world).unit_id}


def of_agent(world, _person):
    return mine(world, world.agent)


def of_stranger(world, _person):
    return mine(world, world.stranger)


def item_of(world, person):
    return {"pk": enrolment(world, person).pk, "item_pk": checklist(world).items.first().pk}


def fact(world, person):
    def make():
        item = checklist(world).items.first()
        if person == world.agent:
            return sign(enrolment(world, person), item, "done", by=world.people["supervisor"], at=NINE)
        facts = SignOff.objects
        return facts.create(enrolment=enrolment(world, person), item=item, result="ready", by=person, at=NINE)

    return {"pk": world.make(f"sign-off of {person.pk}", make).pk}


def fact_of_agent(world, _person):
    return fact(world, world.agent)


def fact_of_stranger(world, _person):
    return fact(world, world.stranger)


def item_of_agent(world, _person):
    return item_of(world, world.agent)


def item_of_stranger(world, _person):
    return item_of(world, world.stranger)


GUIDES_NOT = "mentor instructor"

ROWS = {
    "learn-checklist": Row("trainee", own=mine, foreign=of_stranger),
    "checklist-edit": Row("hr instructor", own=lambda w, _p: {"pk": checklist(w).unit_id}, methods="GET POST"),
    "sign-offs": Row(SIGNERS),
    "sign-off": Row(SIGNERS, own=of_agent, unseen=GUIDES_NOT, foreign=of_stranger),
    "sign-off-item": Row(SIGNERS, own=item_of_agent, unseen=GUIDES_NOT, foreign=item_of_stranger, methods="POST"),
    "sign-off-undo": Row(SIGNERS, own=fact_of_agent, unseen=GUIDES_NOT, foreign=fact_of_stranger, methods="POST"),
    "GET /api/v1/sign-offs/": Row(API),
    "POST /api/v1/sign-offs/": Row("api_client"),
    "GET /api/v1/sign-offs/{pk}/": Row(API, own=fact_of_agent, foreign=fact_of_stranger, sees_foreign=API),
}
