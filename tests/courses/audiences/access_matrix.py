from tests.access.matrix import Row
from tests.factories.courses import AudienceFactory, MemberFactory

READERS = "api_client hr auditor"


def audience(world, _person):
    return {"pk": world.make("audience", AudienceFactory).pk}


def watched(world, _person):
    return {"pk": world.make("watched audience", lambda: AudienceFactory(watched=True)).pk}


def member(world, _person):
    made = world.make("member", lambda: MemberFactory(person=world.agent, since="2026-06-01T00:00:00Z"))
    return {"pk": made.pk}


ROWS = {
    "audiences": Row("hr auditor"),
    "audiences-check": Row("hr", methods="POST"),
    "audience-new": Row("hr", methods="GET POST"),
    "audience-preview": Row("hr", methods="GET POST"),
    "audience-builder": Row("hr", methods="POST"),
    "audience": Row("hr auditor", own=audience),
    "audience-edit": Row("hr", own=audience, methods="GET POST"),
    "audience-csv": Row("hr auditor", own=audience),
    "audience-check": Row("hr", own=watched, methods="POST"),
    "audience-duplicate": Row("hr", own=audience, methods="POST"),
    "audience-delete": Row("hr", own=audience, methods="POST"),
    "GET /api/v1/audiences/": Row(READERS),
    "GET /api/v1/audiences/{pk}/": Row(READERS, own=audience),
    "POST /api/v1/audiences/preview/": Row(READERS, data=lambda _w, _p: {"rule": []}),
    "GET /api/v1/audience-members/": Row(READERS),
    "GET /api/v1/audience-members/{pk}/": Row(READERS, own=member),
}
