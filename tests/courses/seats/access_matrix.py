from datetime import UTC, datetime

from courses.models import SessionPlace
from tests.access.matrix import Row
from tests.factories.planning import SessionFactory, SessionPlaceFactory

VIEWERS = "hr auditor supervisor instructor trainee mentor assessor"
RUNNERS = "hr instructor"


def session(world, _person):
    """A session to sign up for, given by the instructor, in which all who ask have a seat but the auditor and HR."""

    def made():
        found = SessionFactory(
            entry="sign_up",
            starts_at=datetime(2099, 12, 1, 1, tzinfo=UTC),
            instructors=[world.people["instructor"]],
        )
        for role in ("trainee", "mentor", "assessor"):
            SessionPlaceFactory(session=found, person=world.people[role], signed_up=True)
        SessionPlaceFactory(session=found, person=world.agent, signed_up=True)
        return found

    return {"pk": world.make("session to sign up for", made).pk}


def others(world, _person):
    """A session of which the stranger alone knows."""

    def made():
        found = SessionFactory(starts_at=datetime(2099, 12, 3, 1, tzinfo=UTC))
        SessionPlaceFactory(session=found, person=world.stranger)
        return found

    return {"pk": world.make("session of the stranger", made).pk}


def one_place(world, _person):
    """What is done with the agent's place in the session, which is refused, since nobody waits."""
    return {"down": SessionPlace.objects.get(session=session(world, None)["pk"], person=world.agent).pk}


def agents_place(world, person):
    return {"session_pk": session(world, person)["pk"], "employee_number": world.agent.employee_number}


def sign_ups(world, person):
    return {"session_pk": session(world, person)["pk"]}


ROWS = {
    "my-sessions": Row(VIEWERS),
    "session-openings": Row(VIEWERS),
    "session-sign-up": Row(VIEWERS, own=session, foreign=others, sees_foreign="hr auditor", methods="POST"),
    "session-give-up": Row(VIEWERS, own=session, foreign=others, sees_foreign="hr auditor", methods="GET POST"),
    "session-seat": Row(RUNNERS, own=session, foreign=others, methods="POST", data=one_place),
    "session-seats-export": Row(RUNNERS, own=session, foreign=others, sees_foreign="hr"),
    "POST /api/v1/sessions/{session_pk}/sign-ups/": Row("api_client", own=sign_ups),
    "DELETE /api/v1/sessions/{session_pk}/sign-ups/{employee_number}/": Row("api_client", own=agents_place),
    "session-hold": Row(RUNNERS, own=session, foreign=others, sees_foreign="hr", methods="POST"),
    "session-extend": Row(RUNNERS, own=session, foreign=others, sees_foreign="hr", methods="GET POST"),
}
