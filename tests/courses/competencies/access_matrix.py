from courses.competencies.versions import publish_framework
from courses.models import FrameworkVersion
from tests.access.matrix import Row
from tests.factories.courses import CompetencyFactory
from trainingsite.core import clock

READERS = "hr instructor assessor supervisor mentor auditor trainee"
API = "api_client hr auditor"


def published(world):
    """A competency of the first version."""

    def make():
        made = CompetencyFactory()
        publish_framework("first", by=None, at=clock.now())
        return made

    return world.make("competency", make)


def competency(world, _person):
    return {"pk": published(world).pk}


def group(world, _person):
    return {"pk": published(world).group_id}


def number(world, _person):
    published(world)
    return {"number": 1}


def version(world, _person):
    published(world)
    return {"pk": FrameworkVersion.objects.get(number=1).pk}


def draft(world, _person):
    """A competency that is not published yet."""
    published(world)
    return {"pk": world.make("draft competency", CompetencyFactory).pk}


def nothing(world, _person):
    published(world)
    return {}


ROWS = {
    "competencies": Row(READERS),
    "competency": Row(READERS, own=competency, foreign=draft, sees_foreign="hr"),
    "competency-new": Row("hr", methods="GET POST"),
    "competency-edit": Row("hr", own=competency, methods="GET POST"),
    "competency-shift": Row("hr", own=competency, methods="POST"),
    "competency-retire": Row("hr", own=competency, methods="POST"),
    "competency-restore": Row("hr", own=competency, methods="POST"),
    "competency-group-new": Row("hr", methods="GET POST"),
    "competency-group-edit": Row("hr", own=group, methods="GET POST"),
    "competency-group-shift": Row("hr", own=group, methods="POST"),
    "framework-ready": Row("hr", methods="POST"),
    "framework-publish": Row("hr", methods="GET POST"),
    "framework-versions": Row(READERS),
    "framework-version": Row(READERS, own=number),
    "framework-compare": Row(READERS, own=nothing),
    "GET /api/v1/competency-groups/": Row(API),
    "GET /api/v1/competency-groups/{pk}/": Row(API, own=group),
    "GET /api/v1/competencies/": Row(API),
    "GET /api/v1/competencies/{pk}/": Row(API, own=competency),
    "GET /api/v1/framework-versions/": Row(API),
    "GET /api/v1/framework-versions/{pk}/": Row(API, own=version),
}
