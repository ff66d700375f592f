from datetime import date
from typing import Any

from mentoring.models import Rotation, RotationTask
from tests.access.matrix import HUMANS, Row, World
from tests.factories.growth import OfferFactory, RotationFactory, RotationTaskFactory
from tests.mentoring.access_matrix import own_pairing
from trainingsite.people.models import User


def offer(w: World, _person: User) -> dict[str, Any]:
    made = w.make("rotation offer", lambda: OfferFactory(apply_by=date(2100, 1, 1), begins_on=date(2100, 1, 2), **LATE))
    return {"pk": made.pk}


LATE = {"ends_on": date(2100, 1, 9)}


def own_rotation(w: World) -> Rotation:
    own_pairing(w)  # whose mentor sees it
    return w.make("own rotation", lambda: RotationFactory(person=w.agent, going=True))


def foreign_rotation(w: World) -> Rotation:
    return w.make("foreign rotation", lambda: RotationFactory(person=w.stranger, going=True))


def rotation_of_whoever_asks(w: World, person: User) -> dict[str, Any]:
    return {"pk": w.make(f"rotation of {person.pk}", lambda: RotationFactory(person=person)).pk}


def task(w: World, rotation: Rotation) -> RotationTask:
    return w.make(f"rotation task {rotation.pk}", lambda: RotationTaskFactory(rotation=rotation))


def own(w: World, _person: User) -> dict[str, Any]:
    return {"pk": own_rotation(w).pk}


def foreign(w: World, _person: User) -> dict[str, Any]:
    return {"pk": foreign_rotation(w).pk}


UNSEEN = " ".join(role for role in HUMANS.split() if role not in {"hr", "supervisor", "auditor", "mentor"})
READERS = "hr auditor api_client"
SEEN = {"own": own, "foreign": foreign, "sees_foreign": "hr auditor", "unseen": UNSEEN}
TASKS = {
    "own": lambda w, _p: {"pk": task(w, own_rotation(w)).pk},
    "foreign": lambda w, _p: {"pk": task(w, foreign_rotation(w)).pk},
    "sees_foreign": "hr auditor",
    "unseen": UNSEEN,
}
ROWS = {
    "rotations": Row(HUMANS),
    "rotations-all": Row("hr supervisor auditor"),
    "rotations-export": Row("hr supervisor auditor"),
    "rotation-offer-new": Row("hr", methods="GET POST"),
    "rotation-offer": Row(HUMANS, own=offer),
    "rotation-offer-edit": Row("hr", own=offer, methods="GET POST"),
    "rotation-offer-withdraw": Row("hr", own=offer, methods="POST"),
    "rotation-apply": Row("trainee", own=offer, methods="GET POST"),
    "rotation": Row(HUMANS, **SEEN),
    "rotation-decide": Row("hr supervisor", own=own, foreign=foreign, sees_foreign="hr", methods="POST"),
    "rotation-withdraw": Row("trainee", own=rotation_of_whoever_asks, foreign=foreign, methods="POST"),
    "rotation-stop": Row(HUMANS, **SEEN, methods="GET POST"),
    "rotation-evaluate": Row(HUMANS, **SEEN, methods="GET POST"),
    "rotation-tick": Row(HUMANS, **TASKS, methods="POST"),
    "rotation-confirm": Row(HUMANS, **TASKS, methods="POST"),
    "GET /api/v1/rotations/": Row(READERS),
    "GET /api/v1/rotations/{pk}/": Row(READERS, own=own, foreign=foreign, sees_foreign=READERS),
}
