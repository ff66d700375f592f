from typing import Any

from mentoring.models import Ramp
from tests.access.matrix import Row, World
from tests.mentoring.access_matrix import own_pairing
from trainingsite.core import clock
from trainingsite.people.models import User


def ramp_of(w: World, person: User) -> Ramp:
    began = clock.today().replace(day=1)
    return w.make(
        f"ramp of {person.pk}",
        lambda: Ramp.objects.create(person=person, first_contact_on=began, days=1, reckoned_at=clock.now()),
    )


def own(w: World, _person: User) -> dict[str, Any]:
    own_pairing(w)  # whose mentor sees it
    return {"person_pk": ramp_of(w, w.agent).person_id}


def foreign(w: World, _person: User) -> dict[str, Any]:
    return {"person_pk": ramp_of(w, w.stranger).person_id}


SEERS = "hr supervisor auditor mentor"
READERS = "hr auditor api_client"
ROWS = {
    "ramp": Row(SEERS),
    "ramp-export": Row(SEERS),
    "ramp-rule": Row("hr", methods="GET POST"),
    "my-ramp": Row("trainee"),
    "ramp-person": Row(f"trainee {SEERS}", own=own, foreign=foreign, sees_foreign="hr auditor", unseen="trainee"),
    "GET /api/v1/ramp/": Row(READERS),
    "GET /api/v1/ramp/{pk}/": Row(
        READERS,
        own=lambda w, _p: {"pk": ramp_of(w, w.agent).pk},
        foreign=lambda w, _p: {"pk": ramp_of(w, w.stranger).pk},
        sees_foreign=READERS,
    ),
}
