from tests.access.matrix import Row
from tests.factories.practice import rubric

MAKERS = "hr instructor assessor"


def of_rubric(world, _person):
    return {"pk": world.make("rubric", lambda: rubric(title="复盘报告")).pk}


ROWS = {
    "rubrics": Row(MAKERS),
    "rubric-new": Row(MAKERS, methods="GET POST"),
    "rubric": Row(MAKERS, own=of_rubric),
    "rubric-edit": Row(MAKERS, own=of_rubric, methods="GET POST"),
    "rubric-copy": Row(MAKERS, own=of_rubric, methods="POST"),
    "rubric-retire": Row(MAKERS, own=of_rubric, methods="POST"),
}
