from tests.access.matrix import Row
from tests.factories.courses import AudienceFactory


def audience(world, _person):
    return {"pk": world.make("audience", AudienceFactory).pk}


ROWS = {
    "audiences": Row("hr auditor"),
    "audience-new": Row("hr", methods="GET POST"),
    "audience-preview": Row("hr"),
    "audience": Row("hr", own=audience, methods="GET POST"),
    "audience-delete": Row("hr", own=audience, methods="POST"),
}
