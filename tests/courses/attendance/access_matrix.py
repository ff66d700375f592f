from courses.models import AttendanceImport
from tests.access.matrix import Row
from tests.courses.sessions.access_matrix import others, session

RUNNERS = {"own": session, "foreign": others, "sees_foreign": "hr"}


def of(place):
    """An import of the person who asks, for the session of `place`."""

    def made(world, person):
        pk = place(world, person)["pk"]
        return {"pk": AttendanceImport.objects.create(session_id=pk, owner=person).pk}

    return made


ROWS = {
    "check-in": Row("hr auditor supervisor instructor trainee mentor assessor", methods="GET POST"),
    # Who has no seat is told so in words, wherever the code was found.
    "session-check-in": Row(
        "hr auditor supervisor instructor trainee mentor assessor",
        own=session,
        foreign=others,
        sees_foreign="hr auditor supervisor instructor trainee mentor assessor",
        methods="GET POST",
    ),
    "session-screen": Row("hr instructor", **RUNNERS),
    "session-screen-now": Row("hr instructor", **RUNNERS),
    "session-roster": Row("hr instructor", **RUNNERS),
    "session-roster-print": Row("hr instructor", **RUNNERS),
    "session-roster-export": Row("hr instructor", **RUNNERS),
    "session-attendance": Row("hr instructor", **RUNNERS, methods="POST"),
    "session-everybody": Row("hr instructor", **RUNNERS, methods="POST"),
    "attendance-upload": Row("hr instructor", **RUNNERS, methods="GET POST"),
    "attendance-sample": Row("hr instructor", **RUNNERS),
    "attendance-preview": Row("hr instructor", own=of(session), foreign=of(others), sees_foreign="hr"),
    "attendance-apply": Row("hr instructor", own=of(session), foreign=of(others), sees_foreign="hr", methods="POST"),
    "PUT /api/v1/sessions/{int:pk}/attendance/": Row(
        "hr api_client", own=session, data=lambda _world, _person: [{"presence": "present"}]
    ),
}
