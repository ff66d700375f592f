from typing import Any

from mentoring.models import CareerStep, Nomination, Reserve
from tests.access.matrix import HUMANS, Row, World
from tests.factories.careers import NominationFactory, ReserveFactory, StepFactory
from tests.mentoring.access_matrix import own_pairing
from trainingsite.people.models import User


def the_step(w: World) -> CareerStep:
    return w.make("career step", StepFactory)


def step(w: World, _person: User) -> dict[str, Any]:
    return {"pk": the_step(w).pk}


def own_reserve(w: World) -> Reserve:
    return w.make("own reserve", lambda: ReserveFactory(person=w.agent, step=the_step(w)))


def foreign_reserve(w: World) -> Reserve:
    return w.make("foreign reserve", lambda: ReserveFactory(person=w.stranger, step=the_step(w)))


def own_nomination(w: World) -> Nomination:
    return w.make("own nomination", lambda: NominationFactory(person=w.agent, step=the_step(w)))


def foreign_nomination(w: World) -> Nomination:
    return w.make("foreign nomination", lambda: NominationFactory(person=w.stranger, step=the_step(w)))


def mentee(w: World, _person: User) -> dict[str, Any]:
    return {"pk": own_pairing(w).mentee_id}


def of_person(name: str) -> Any:
    return lambda w, _p: {"pk": getattr(w, name).pk}


def of_person_and_step(name: str) -> Any:
    return lambda w, _p: {"pk": getattr(w, name).pk, "step_pk": the_step(w).pk}


PLANNERS, KEEPERS = "hr supervisor auditor", "hr supervisor"
READERS = "hr auditor api_client"
ON_NOMINATIONS = {
    "own": lambda w, _p: {"pk": own_nomination(w).pk},
    "foreign": lambda w, _p: {"pk": foreign_nomination(w).pk},
}
ON_STEPS = {"own": step, "foreign": step, "sees_foreign": READERS}
ROWS = {
    "careers": Row(HUMANS),
    "career-step": Row(HUMANS, own=step),
    "career-step-new": Row("hr", methods="GET POST"),
    "career-step-edit": Row("hr", own=step, methods="GET POST"),
    "career-step-retire": Row("hr", own=step, methods="POST"),
    "career-candidates": Row(PLANNERS, own=step),
    "my-career": Row("trainee hr supervisor mentor auditor"),
    "person-career": Row(
        "trainee hr supervisor mentor auditor",
        own=mentee,
        foreign=of_person("stranger"),
        sees_foreign="hr auditor",
        unseen="trainee",
    ),
    "reserve": Row(PLANNERS),
    "reserve-csv": Row(PLANNERS),
    "reserve-keep": Row(
        KEEPERS,
        own=of_person_and_step("agent"),
        foreign=of_person_and_step("stranger"),
        sees_foreign="hr",
        methods="GET POST",
    ),
    "reserve-remove": Row(
        KEEPERS,
        own=lambda w, _p: {"pk": own_reserve(w).pk},
        foreign=lambda w, _p: {"pk": foreign_reserve(w).pk},
        sees_foreign="hr",
        methods="GET POST",
    ),
    "nominate": Row(
        KEEPERS,
        own=of_person_and_step("agent"),
        foreign=of_person_and_step("stranger"),
        sees_foreign="hr",
        methods="GET POST",
    ),
    "nominations": Row(PLANNERS),
    "nominations-csv": Row(PLANNERS),
    "nomination": Row(PLANNERS, **ON_NOMINATIONS, sees_foreign="hr auditor"),
    "nomination-approve": Row("hr", **ON_NOMINATIONS, sees_foreign="hr", methods="POST"),
    "nomination-decline": Row("hr", **ON_NOMINATIONS, sees_foreign="hr", methods="POST"),
    "nomination-call-off": Row("hr", **ON_NOMINATIONS, sees_foreign="hr", methods="POST"),
    "nomination-withdraw": Row(KEEPERS, **ON_NOMINATIONS, sees_foreign="hr", methods="POST"),
    "GET /api/v1/career-steps/": Row(READERS),
    "GET /api/v1/career-steps/{pk}/": Row(READERS, **ON_STEPS),
    "GET /api/v1/nominations/": Row(READERS),
    "GET /api/v1/nominations/{pk}/": Row(READERS, **ON_NOMINATIONS, sees_foreign=READERS),
    "POST /api/v1/nominations/": Row("hr api_client"),
}
