from collections.abc import Callable
from typing import Any

from mentoring.models import CheckIn, NextStep, Pairing
from tests.access.matrix import Row, World
from tests.factories.mentoring import CheckInFactory, NextStepFactory, PairingFactory
from trainingsite.people.models import User

Arguments = Callable[[World, User], dict[str, Any]]


def guided(w: World) -> Pairing:
    """The agent, guided by the person who is a mentor; the same as in the rows of pairings."""
    return w.make("own pairing", lambda: PairingFactory(mentor=w.people["mentor"], mentee=w.agent))


def not_guided(w: World) -> Pairing:
    return w.make("foreign pairing", lambda: PairingFactory(mentee=w.stranger))


def of_the_trainee(w: World) -> Pairing:
    return w.make("pairing of the trainee", lambda: PairingFactory(mentee=w.people["trainee"]))


def talk(w: World, person: User) -> CheckIn:
    """Of the trainee where the trainee asks, else of the agent."""
    pairing = of_the_trainee(w) if person == w.people["trainee"] else guided(w)
    return w.make(f"check-in {pairing.pk}", lambda: CheckInFactory(pairing=pairing))


def foreign_talk(w: World) -> CheckIn:
    pairing = not_guided(w)
    return w.make(f"check-in {pairing.pk}", lambda: CheckInFactory(pairing=pairing))


def held_talk(w: World, pairing: Pairing) -> CheckIn:
    return w.make(
        f"held check-in {pairing.pk}", lambda: CheckInFactory(pairing=pairing, held=True, due_on="2026-06-02")
    )


def item(w: World, checkin: CheckIn) -> dict[str, Any]:
    return {"pk": w.make(f"item {checkin.pk}", lambda: checkin.agenda.create(text="排班")).pk}


def step(w: World, checkin: CheckIn) -> NextStep:
    return w.make(f"step {checkin.pk}", lambda: NextStepFactory(checkin=checkin))


def of_talk(make: Callable[[World, CheckIn], dict[str, Any]]) -> dict[str, Arguments]:
    return {"own": lambda w, p: make(w, talk(w, p)), "foreign": lambda w, _p: make(w, foreign_talk(w))}


def pk(_w: World, checkin: CheckIn) -> dict[str, Any]:
    return {"pk": checkin.pk}


def post(make: Callable[[World, CheckIn], dict[str, Any]], methods: str = "POST") -> Row:
    return Row("mentor trainee", methods=methods, **of_talk(make))


READERS = "hr auditor api_client"
ROWS = {
    "checkin": Row("hr supervisor auditor mentor trainee", sees_foreign="hr auditor", **of_talk(pk)),
    "checkin-correct": Row(
        "mentor",
        own=lambda w, _p: {"pk": held_talk(w, guided(w)).pk},
        foreign=lambda w, _p: {"pk": held_talk(w, not_guided(w)).pk},
        methods="GET POST",
    ),
    "checkin-plan": Row(
        "mentor",
        own=lambda w, _p: {"pk": guided(w).pk},
        foreign=lambda w, _p: {"pk": not_guided(w).pk},
        methods="GET POST",
    ),
    "checkin-item-add": post(pk),
    "checkin-item-tick": post(item),
    "checkin-item-remove": post(item),
    "next-step-add": post(pk),
    "next-step-done": post(lambda w, checkin: {"pk": step(w, checkin).pk}),
    "checkin-own-note": post(pk),
    "checkin-move": post(pk, "GET POST"),
    "checkin-move-answer": post(pk),
    "GET /api/v1/next-steps/": Row(READERS),
    "GET /api/v1/next-steps/{pk}/": Row(
        READERS,
        own=lambda w, p: {"pk": step(w, talk(w, p)).pk},
        foreign=lambda w, _p: {"pk": step(w, foreign_talk(w)).pk},
        sees_foreign=READERS,
    ),
}
