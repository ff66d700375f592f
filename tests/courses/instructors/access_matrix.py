from tests.access.matrix import Row
from tests.factories.sessions import OutsideInstructorFactory


def outside(world, _person):
    return {"pk": world.make("outside-instructor", OutsideInstructorFactory).pk}


ROWS = {
    "GET /api/v1/instructors/": Row("hr auditor api_client"),
    "GET /api/v1/instructors/{pk}/": Row("hr auditor api_client", own=outside),
    "instructors": Row("hr auditor"),
    "instructors-export": Row("hr auditor"),
    "instructor-hours": Row("hr auditor"),
    "instructor-hours-export": Row("hr auditor"),
    "instructor": Row("hr auditor", own=outside),
    "instructor-new": Row("hr", methods="GET POST"),
    "instructor-edit": Row("hr", own=outside, methods="GET POST"),
    "instructor-retire": Row("hr", own=outside, methods="POST"),
}
