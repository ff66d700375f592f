from tests.access.matrix import Row
from tests.factories.courses import RefresherFactory


def refresher(world, _person):
    return {"pk": world.make("refresher", RefresherFactory).pk}


ROWS = {
    "refreshers": Row("hr auditor"),
    "refresher": Row("hr auditor", own=refresher),
    "refresher-new": Row("hr", methods="GET POST"),
    "refresher-edit": Row("hr", own=refresher, methods="GET POST"),
    "refresher-pause": Row("hr", own=refresher, methods="POST"),
}
