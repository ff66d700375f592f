from typing import Any

from tests.access.matrix import Row, World
from tests.factories.pairings import EvaluationFactory, GoalFactory
from tests.mentoring.access_matrix import foreign_pairing, own_pairing
from trainingsite.people.models import User


def own(w: World, _person: User) -> dict[str, Any]:
    return {"pk": own_pairing(w).pk}


def foreign(w: World, _person: User) -> dict[str, Any]:
    return {"pk": foreign_pairing(w).pk}


def goal(w: World, pairing: Any) -> dict[str, Any]:
    made = w.make(f"goal of pairing {pairing.pk}", lambda: GoalFactory(pairing=pairing))
    return {"pk": pairing.pk, "goal_pk": made.pk}


def evaluation(w: World, pairing: Any) -> dict[str, Any]:
    said = w.make(
        f"evaluation of pairing {pairing.pk}", lambda: EvaluationFactory(pairing=pairing, side="mentor", moment="end")
    )
    return {"pk": said.pk}


READERS = "hr auditor api_client"
LED = {"own": own, "foreign": foreign, "sees_foreign": "hr"}
MOMENT = {"moment": "half"}
ROWS = {
    "pairings-export": Row("hr supervisor auditor", own=lambda _w, _p: {"kind": "csv"}),
    "pairing-agreement": Row("hr supervisor mentor trainee", **LED, unseen="trainee", methods="GET POST"),
    "pairing-agree": Row("mentor trainee", own=own, foreign=foreign, unseen="trainee", methods="POST"),
    "pairing-goal": Row(
        "mentor",
        own=lambda w, _p: goal(w, own_pairing(w)),
        foreign=lambda w, _p: goal(w, foreign_pairing(w)),
        methods="POST",
    ),
    "pairing-extend": Row("hr supervisor", **LED, methods="GET POST"),
    "pairing-change-mentor": Row("hr supervisor", **LED, methods="GET POST"),
    "pairing-graduate": Row("hr supervisor mentor", **LED, methods="GET POST"),
    "pairing-evaluate": Row(
        "mentor trainee",
        own=lambda w, p: own(w, p) | MOMENT,
        foreign=lambda w, p: foreign(w, p) | MOMENT,
        unseen="trainee",
        methods="GET POST",
    ),
    "POST /api/v1/pairings/": Row("hr api_client", data=lambda _w, _p: {}),
    "POST /api/v1/pairings/{pk}/end/": Row("hr api_client", own=own, foreign=foreign, sees_foreign="hr api_client"),
    "GET /api/v1/pairing-evaluations/": Row(READERS),
    "GET /api/v1/pairing-evaluations/{pk}/": Row(
        READERS,
        own=lambda w, _p: evaluation(w, own_pairing(w)),
        foreign=lambda w, _p: evaluation(w, foreign_pairing(w)),
        sees_foreign=READERS,
    ),
}
