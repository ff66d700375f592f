"""Who gets through at the files of questions."""

from assessments.exchange.actions import take
from tests.access.matrix import Row
from tests.factories.courses import TopicFactory

EDIT = "hr instructor assessor"
GIFT = "::Q::退货要几天? {=七天 ~三天}\n".encode()


def upload_of(world, person):
    def make():
        return take(GIFT, "q.gift", "gift", (world.make("topic of files", TopicFactory), None), by=person)

    return {"pk": world.make(f"upload {person.pk}", make).pk}


def of_stranger(world, _person):
    return upload_of(world, world.stranger)


ROWS = {
    "question-import": Row(EDIT, methods="GET POST"),
    "question-import-template": Row(EDIT),
    "question-import-preview": Row(EDIT, own=upload_of, foreign=of_stranger),
    "question-import-apply": Row(EDIT, own=upload_of, foreign=of_stranger, methods="POST"),
    "question-export": Row("hr instructor assessor auditor"),
    "POST /api/v1/question-imports/": Row("hr api_client"),
    "GET /api/v1/question-exports/": Row("hr instructor assessor auditor api_client"),
}
