from typing import Any

from mentoring.models import CheckIn, Pairing
from tests.access.matrix import Row, World
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory, PairingFactory
from trainingsite.people.models import User


def mentor(w: World, _person: User) -> dict[str, Any]:
    profile = w.make("mentor profile", lambda: MentorProfileFactory(person=w.people["mentor"]))
    return {"person_pk": profile.person_id}


def own_pairing(w: World) -> Pairing:
    """The agent is guided by the person who is a mentor."""
    return w.make("own pairing", lambda: PairingFactory(mentor=w.people["mentor"], mentee=w.agent))


def foreign_pairing(w: World) -> Pairing:
    return w.make("foreign pairing", lambda: PairingFactory(mentee=w.stranger))


def checkin(w: World, pairing: Pairing) -> CheckIn:
    return w.make(f"check-in {pairing.pk}", lambda: CheckInFactory(pairing=pairing))


def choice(mentee: str) -> Any:
    def arguments(w: World, person: User) -> dict[str, Any]:
        return {"mentee_pk": getattr(w, mentee).pk, "mentor_pk": mentor(w, person)["person_pk"]}

    return arguments


READERS = "hr auditor api_client"
ROWS = {
    "mentors": Row("hr supervisor auditor"),
    "mentor-new": Row("hr"),
    "mentor-edit": Row("hr", own=mentor, methods="GET POST"),
    "mentor-rest": Row("hr", own=mentor, methods="POST"),
    "newcomers": Row("hr supervisor auditor"),
    "pair": Row(
        "hr supervisor",
        own=lambda w, _p: {"mentee_pk": w.agent.pk},
        foreign=lambda w, _p: {"mentee_pk": w.stranger.pk},
        sees_foreign="hr",
    ),
    "pair-confirm": Row(
        "hr supervisor", own=choice("agent"), foreign=choice("stranger"), sees_foreign="hr", methods="GET POST"
    ),
    "pairings": Row("hr supervisor auditor"),
    "pairing-end": Row(
        "hr supervisor",
        own=lambda w, _p: {"pk": own_pairing(w).pk},
        foreign=lambda w, _p: {"pk": foreign_pairing(w).pk},
        sees_foreign="hr",
        methods="GET POST",
    ),
    "pairing": Row(
        "hr supervisor auditor mentor",
        own=lambda w, _p: {"pk": own_pairing(w).pk},
        foreign=lambda w, _p: {"pk": foreign_pairing(w).pk},
        sees_foreign="hr auditor",
    ),
    "my-mentees": Row("mentor"),
    "my-mentor": Row("trainee"),
    "note-checkin": Row(
        "mentor",
        own=lambda w, _p: {"pk": own_pairing(w).pk},
        foreign=lambda w, _p: {"pk": foreign_pairing(w).pk},
        methods="GET POST",
    ),
    "GET /api/v1/pairings/": Row(READERS),
    "GET /api/v1/pairings/{pk}/": Row(
        READERS,
        own=lambda w, _p: {"pk": own_pairing(w).pk},
        foreign=lambda w, _p: {"pk": foreign_pairing(w).pk},
        sees_foreign=READERS,
    ),
    "GET /api/v1/checkins/": Row(READERS),
    "GET /api/v1/checkins/{pk}/": Row(
        READERS,
        own=lambda w, _p: {"pk": checkin(w, own_pairing(w)).pk},
        foreign=lambda w, _p: {"pk": checkin(w, foreign_pairing(w)).pk},
        sees_foreign=READERS,
    ),
}
