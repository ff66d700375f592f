from courses.models import SessionMaterial, SessionToDo
from tests.access.matrix import Row
from tests.courses.sessions.access_matrix import others, session

RUNNERS = {"own": session, "foreign": others, "sees_foreign": "hr"}


def material(place):
    def made(world, person):
        pk = place(world, person)["pk"]
        url = "https://example.com/slides"
        return {"pk": world.make(f"material-{pk}", lambda: SessionMaterial.objects.create(session_id=pk, url=url)).pk}

    return made


def todo(place):
    """A task of the agent; the instructor of the session sees it too."""

    def made(world, person):
        pk = place(world, person)["pk"]
        return {
            "pk": world.make(
                f"todo-{pk}", lambda: SessionToDo.objects.create(session_id=pk, text="整理话术", person=world.agent)
            ).pk
        }

    return made


EVERYBODY = "hr auditor supervisor instructor trainee mentor assessor"
ROWS = {
    "session-materials": Row("hr instructor", **RUNNERS, methods="GET POST"),
    "session-material-remove": Row(
        "hr instructor", own=material(session), foreign=material(others), sees_foreign="hr", methods="POST"
    ),
    "session-minutes": Row("hr instructor", **RUNNERS, methods="GET POST"),
    "session-tell": Row("hr instructor", **RUNNERS, methods="GET POST"),
    "session-todo": Row(
        EVERYBODY,
        own=todo(session),
        foreign=todo(others),
        sees_foreign="hr",
        unseen="auditor supervisor trainee mentor assessor",
        methods="POST",
    ),
}
