from tests.access.matrix import Row
from tests.factories.courses import RefresherFactory
from trainingsite.core import clock


def refresher(world, _person):
    return {"pk": world.make("refresher", RefresherFactory).pk}


def run(world, _person):
    today = clock.today()
    found = world.make("refresher", RefresherFactory)
    occurrence, _made = found.occurrences.get_or_create(
        on=today, defaults={"due_on": today, "planned_on": today, "opens_at": clock.now()}
    )
    return {"pk": occurrence.pk}


ROWS = {
    "refreshers": Row("hr auditor"),
    "refreshers-export": Row("hr auditor"),
    "refresher-timeline": Row("hr auditor"),
    "refresher": Row("hr auditor", own=refresher),
    "refresher-choose": Row("hr"),
    "refresher-new": Row("hr", own=lambda _world, _person: {"what": "quiz"}, methods="GET POST"),
    "refresher-preview": Row("hr auditor", methods="POST"),
    "refresher-edit": Row("hr", own=refresher, methods="GET POST"),
    "refresher-pause": Row("hr", own=refresher, methods="GET POST"),
    "refresher-resume": Row("hr", own=refresher, methods="POST"),
    "refresher-run": Row("hr", own=refresher, methods="GET POST"),
    "refresher-run-skip": Row("hr", own=run, methods="GET POST"),
    "refresher-run-move": Row("hr", own=run, methods="GET POST"),
    "refresher-run-take-back": Row("hr", own=run, methods="POST"),
    "GET /api/v1/refreshers/": Row("hr auditor api_client"),
    "GET /api/v1/refreshers/{pk}/": Row("hr auditor api_client", own=refresher),
    "GET /api/v1/refresher-runs/": Row("hr auditor api_client"),
    "GET /api/v1/refresher-runs/{pk}/": Row("hr auditor api_client", own=run),
}
