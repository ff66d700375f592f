"""Who gets through at learning paths."""

from assessments.models import LearningPath, PathAssignment
from courses.models import Competency
from tests.access.matrix import Row
from tests.factories.learning_paths import NOON
from tests.factories.profiles import competency

READERS = "hr auditor api_client"


def path_of(world, person):
    return world.make(
        f"learning path of {person.pk}",
        lambda: LearningPath.objects.create(person=person, origin="accepted", begun_at=NOON),
    )


def own_path(world, person):
    return {"pk": path_of(world, person).pk}


def agents_path(world, _person):
    return {"pk": path_of(world, world.agent).pk}


def foreign_path(world, _person):
    return {"pk": path_of(world, world.stranger).pk}


def agent(world, _person):
    return {"pk": world.agent.pk}


def stranger(world, _person):
    return {"pk": world.stranger.pk}


def assignment_by(world, person):
    def make():
        of = Competency.objects.first() or competency("打字速度")
        return PathAssignment.objects.create(competency=of, due_on=NOON.date(), by=person, wanted=1)

    return {"pk": world.make(f"path assignment by {person.pk}", make).pk}


def foreign_assignment(world, _person):
    return assignment_by(world, world.stranger)


ROWS = {
    "my-path": Row("trainee", methods="GET POST"),
    "person-path": Row(
        "trainee hr supervisor mentor auditor",
        own=lambda w, p: {"pk": p.pk if "trainee" in p.roles else w.agent.pk},
        foreign=stranger,
        sees_foreign="hr auditor",
        unseen="mentor",
    ),
    "path-close": Row(
        "trainee hr supervisor mentor auditor",
        unseen="mentor auditor",
        methods="POST",
        own=lambda w, p: own_path(w, p) if "trainee" in p.roles else agents_path(w, p),
    ),
    "assign-paths": Row("hr supervisor", methods="GET POST"),
    "path-assignments": Row("hr supervisor"),
    "path-assignment": Row("hr supervisor", own=assignment_by, foreign=foreign_assignment, sees_foreign="hr"),
    "path-assignment-undo": Row(
        "hr supervisor", methods="POST", own=assignment_by, foreign=foreign_assignment, sees_foreign="hr"
    ),
    "GET /api/v1/learning-paths/": Row(READERS),
    "GET /api/v1/learning-paths/{pk}/": Row(READERS, own=agents_path),
    "GET /api/v1/learning-paths/suggestion/": Row(READERS, got="404"),
    "POST /api/v1/learning-paths/assign/": Row("hr api_client"),
    "GET /api/v1/learning-path-assignments/": Row(READERS),
    "GET /api/v1/learning-path-assignments/{pk}/": Row(READERS, own=assignment_by),
}
