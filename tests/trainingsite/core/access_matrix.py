"""Who gets through at core's pages, the health checks and the API's documents."""

from tests.access.matrix import ALL, Row
from trainingsite.core.jobs.models import Job


def job_of(world, person):
    return {
        "pk": world.make(f"job {person.pk}", lambda: Job.objects.create(kind="test", title="导入", owner=person)).pk
    }


ROWS = {
    "home": Row(ALL),
    "job": Row(ALL, own=job_of, foreign=lambda w, _p: job_of(w, w.stranger)),
    "health-live": Row(public=True),
    "health-ready": Row(public=True, got="503: None"),
    "oauth-token": Row(public=True, methods="POST"),
    "api-schema": Row(public=True),
    "api-docs": Row(public=True),
    "api-unknown": Row(public=True, own=lambda _w, _p: {"unknown": "v1/nothing"}, methods="GET POST", got="404"),
    "GET /api/v1/tombstones/": Row("hr auditor api_client"),
}
