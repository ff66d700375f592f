from tests.access.matrix import Row
from tests.factories.courses import UnitFactory

READERS = "hr instructor assessor supervisor mentor auditor trainee"
MAKERS = "hr instructor"
API = "api_client hr auditor"


def course(world):
    return world.make("course", lambda: UnitFactory().course)


def draft(world):
    return world.make("draft course", lambda: UnitFactory(course__draft=True).course)


def of_course(world, _person):
    return {"pk": course(world).pk}


def of_draft(world, _person):
    return {"pk": draft(world).pk}


def new_unit(world, _person):
    return {"course_pk": course(world).pk, "kind": "article"}


def in_course(world, _person):
    return {"course_pk": course(world).pk}


def unit(world, _person):
    return {"pk": course(world).units.get().pk}


def unit_in_course(world, person):
    return {**in_course(world, person), **unit(world, person)}


ROWS = {
    "topics": Row(READERS),
    "courses": Row(READERS),
    "courses-export": Row(READERS),
    "course-new": Row(MAKERS, methods="GET POST"),
    "markdown-preview": Row(MAKERS, methods="POST"),
    "course": Row(READERS, own=of_course, foreign=of_draft, sees_foreign="hr instructor auditor"),
    "course-edit": Row(MAKERS, own=of_course, methods="GET POST"),
    "course-retire": Row("hr", own=of_course, methods="POST"),
    "unit-new": Row(MAKERS, own=new_unit, methods="GET POST"),
    "unit-order": Row(MAKERS, own=in_course, methods="POST"),
    "unit-remove": Row(MAKERS, own=unit_in_course, methods="POST"),
    "unit-look": Row(READERS, own=unit, unseen="assessor supervisor mentor trainee"),
    "unit-rework": Row(MAKERS, own=unit, methods="POST"),
    "unit-restore": Row(MAKERS, own=unit, methods="POST"),
    "unit-edit": Row(MAKERS, own=unit, methods="GET POST"),
    "pack-upload": Row("hr", methods="GET POST"),
    "pack-apply": Row("hr", methods="POST"),
    "pack-export": Row("hr", methods="GET POST"),
    "GET /api/v1/topics/": Row(API),
    "GET /api/v1/topics/{pk}/": Row(API, own=lambda world, _person: {"pk": course(world).topic_id}),
    "GET /api/v1/courses/": Row(API),
    "GET /api/v1/courses/{pk}/": Row(API, own=of_draft),
}
