from analytics.models import Metric, Reading, Target, Upload
from tests.access.matrix import Row
from tests.factories.analytics import ReadingFactory, ready_metrics

LOOK = "hr supervisor auditor"


def department(name):
    return lambda world, _person: {"pk": world.departments[name].pk}


def upload(world, _person):
    made = world.make("readings upload", lambda: Upload.objects.create(owner=world.people["hr"], file_name="a.csv"))
    return {"pk": made.pk}


def target(world, _person):
    ready_metrics()
    return {"pk": world.make("target", Target.objects.first).pk}


def metric(_world, _person):
    ready_metrics()
    return {"pk": Metric.objects.first().pk}


def reading(world, _person):
    world.make("readings", lambda: ReadingFactory(person=world.agent))
    return {"pk": Reading.objects.get(person=world.agent).pk}


ROWS = {
    "dashboard": Row(LOOK),
    "dashboard-department": Row(LOOK, own=department("care"), foreign=department("sales"), sees_foreign="hr auditor"),
    "dashboard-person": Row(
        LOOK,
        own=lambda world, _person: {"pk": world.agent.pk},
        foreign=lambda world, _person: {"pk": world.stranger.pk},
        sees_foreign="hr auditor",
    ),
    # Without a department in the address these are about the whole company, which is not a supervisor's to see.
    "dashboard-remind": Row("hr supervisor", methods="POST", unseen="supervisor"),
    "dashboard-enrolments": Row(LOOK, unseen="supervisor"),
    "dashboard-tests": Row(LOOK, unseen="supervisor"),
    "dashboard-readings": Row(LOOK, unseen="supervisor"),
    "readings-uploads": Row("hr", methods="GET POST"),
    "readings-upload": Row("hr", own=upload),
    "readings-sample": Row("hr"),
    "targets": Row(LOOK),
    "target-set": Row("hr", methods="POST"),
    "target-remove": Row("hr", own=target, methods="POST"),
    "GET /api/v1/metrics/": Row("api_client hr auditor"),
    "GET /api/v1/metrics/{pk}/": Row("api_client hr auditor", own=metric),
    "GET /api/v1/readings/": Row("api_client hr auditor"),
    "GET /api/v1/readings/{pk}/": Row("api_client hr auditor", own=reading),
    "POST /api/v1/readings/bulk/": Row("api_client hr"),
}
