from tests.access.matrix import Row
from tests.courses.curriculum.access_matrix import API, MAKERS, READERS, course, of_course


def version(world, _person):
    made = world.make("version", lambda: course(world).versions.create(number=1, status="published"))
    return {"pk": made.pk}


def of_version(world, person):
    version(world, person)
    return {"pk": course(world).pk, "number": 1}


ROWS = {
    "course-publish": Row("hr", own=of_course, methods="GET POST"),
    "version-start": Row(MAKERS, own=of_course, methods="POST"),
    "version-send": Row(MAKERS, own=of_course, methods="POST"),
    "version-return": Row("hr", own=of_course, methods="POST"),
    "version-take-back": Row(MAKERS, own=of_course, methods="POST"),
    "version-discard": Row(MAKERS, own=of_course, methods="POST"),
    "version": Row(READERS, own=of_version, unseen="assessor supervisor mentor trainee"),
    "GET /api/v1/course-versions/": Row(API),
    "GET /api/v1/course-versions/{pk}/": Row(API, own=version),
}
