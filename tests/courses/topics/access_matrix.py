from tests.access.matrix import Row
from tests.factories.courses import TopicFactory


def topic(world, _person):
    return {"pk": world.make("topic", TopicFactory).pk}


ROWS = {
    "topic-tree": Row("hr"),
    "topic-new": Row("hr", methods="GET POST"),
    "topic-edit": Row("hr", own=topic, methods="GET POST"),
    "topic-place": Row("hr", own=topic, methods="POST"),
    "topic-retire": Row("hr", own=topic, methods="POST"),
    "topic-restore": Row("hr", own=topic, methods="POST"),
    "topics-ready": Row("hr", methods="POST"),
}
