from tests.access.matrix import Row
from tests.factories.planning import SessionFactory, SessionPlaceFactory


def session(world, _person):
    """A session in which the agent has a place, given by the instructor."""

    def made():
        found = SessionFactory(instructors=[world.people["instructor"]])
        for role in ("trainee", "mentor", "assessor"):
            SessionPlaceFactory(session=found, person=world.people[role])
        SessionPlaceFactory(session=found, person=world.agent)
        return found

    return {"pk": world.make("session", made).pk}


def others(world, _person):
    def made():
        found = SessionFactory(starts_at="2026-12-03T01:00:00Z", ends_at="2026-12-03T02:00:00Z")
        SessionPlaceFactory(session=found, person=world.stranger)
        return found

    return {"pk": world.make("foreign-session", made).pk}


VIEWERS = "hr auditor supervisor instructor trainee mentor assessor"
ROWS = {
    "GET /api/v1/sessions/": Row("hr auditor api_client"),
    "GET /api/v1/sessions/{pk}/": Row("hr auditor api_client", own=session),
    "sessions": Row("hr auditor supervisor instructor"),
    "sessions-export": Row("hr auditor supervisor instructor"),
    "session-people": Row("hr"),
    "session-new": Row("hr", methods="GET POST"),
    "session": Row(VIEWERS, own=session, foreign=others, sees_foreign="hr auditor"),
    "session-edit": Row("hr", own=session, methods="GET POST"),
    "session-move": Row("hr", own=session, methods="GET POST"),
    "session-cancel": Row("hr", own=session, methods="GET POST"),
    "session-places": Row("hr", own=session, methods="POST"),
}
