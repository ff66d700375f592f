from tests.access.matrix import HUMANS, Row
from tests.factories.profiles import competency, need, profile_of

SEES_PEOPLE = "hr supervisor auditor"
READS, WRITES = "api_client hr auditor", "api_client hr"


def made(world):
    return world.make("role profile", lambda: profile_of(need(competency("打字速度"), 2, 100)))


def profile(world, _person):
    return {"pk": made(world).pk}


ROWS = {
    "role-profiles": Row(HUMANS),
    "role-profiles-ready": Row("hr", methods="POST"),
    "role-profile": Row(HUMANS, own=profile),
    "role-profile-new": Row("hr", methods="GET POST"),
    "role-profile-change": Row("hr", own=profile, methods="GET POST"),
    "role-profile-edit": Row("hr", own=profile, methods="GET POST"),
    "role-profile-preview": Row("hr"),
    "role-profile-preview-csv": Row("hr"),
    "role-profile-confirm": Row("hr", methods="POST"),
    "role-profile-people": Row(SEES_PEOPLE, own=profile),
    "role-profile-people-csv": Row(SEES_PEOPLE, own=profile),
    "role-profile-retire": Row("hr", own=profile, methods="POST"),
    "role-profile-restore": Row("hr", own=profile, methods="POST"),
    "GET /api/v1/role-profiles/": Row(READS),
    "GET /api/v1/role-profiles/{pk}/": Row(READS, own=profile),
    "GET /api/v1/role-profiles/{pk}/versions/": Row(READS, own=profile),
    "POST /api/v1/role-profiles/{pk}/versions/": Row(WRITES, own=profile),
}
