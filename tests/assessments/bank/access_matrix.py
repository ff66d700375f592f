"""Who gets through at the pages and operations of the question bank."""

from assessments.models import BulkChange
from tests.access.matrix import Row
from tests.assessments.conftest import NOON
from tests.factories.assessments import CategoryFactory, QuestionFactory
from tests.factories.courses import TopicFactory

VIEW, EDIT = "hr instructor assessor auditor", "hr instructor assessor"
READ, WRITE = "api_client hr instructor assessor auditor", "api_client hr"


def topic(world):
    return world.make("topic of the bank", TopicFactory)


def question(world, _person):
    return {"pk": world.make("question of the bank", lambda: QuestionFactory(topic=topic(world))).pk}


def in_english(world, person):
    return question(world, person) | {"language": "en"}


def twins(world, person):
    other = world.make("another question of the bank", lambda: QuestionFactory(topic=topic(world))).pk
    return {"one": question(world, person)["pk"], "other": other}


def category(world, _person):
    return {"pk": world.make("category", lambda: CategoryFactory(topic=topic(world))).pk}


def change(world, _person):
    values = {"at": NOON, "asked": {}, "before": {}, "after": {}}
    return {"pk": world.make("change of many", lambda: BulkChange.objects.create(**values)).pk}


ROWS = {
    "question-status": Row(EDIT, own=question, methods="POST", data=lambda _world, _person: {"status": "ready"}),
    "question-versions": Row(VIEW, own=question),
    "question-translate": Row(EDIT, own=in_english, methods="GET POST"),
    "question-try": Row(VIEW, own=question, methods="GET POST"),
    "categories": Row(VIEW),
    "category-new": Row(EDIT, methods="GET POST"),
    "category-edit": Row(EDIT, own=category, methods="GET POST"),
    "category-shift": Row(EDIT, own=category, methods="POST"),
    "category-delete": Row(EDIT, own=category, methods="POST"),
    "question-tags": Row(VIEW),
    "question-tag-change": Row(EDIT, methods="POST"),
    "question-bulk": Row(EDIT, methods="POST"),
    "bulk-changes": Row(EDIT),
    "bulk-undo": Row(EDIT, own=change, methods="POST"),
    "question-twins": Row(VIEW),
    "question-twin": Row(VIEW, own=twins),
    "question-merge": Row(EDIT, own=twins, methods="POST"),
    "question-unlike": Row(EDIT, own=twins, methods="POST"),
    "GET /api/v1/questions/": Row(READ),
    "POST /api/v1/questions/": Row(WRITE),
    "GET /api/v1/questions/{pk}/": Row(READ, own=question),
    "PATCH /api/v1/questions/{pk}/": Row(WRITE, own=question),
    "POST /api/v1/questions/{pk}/retire/": Row(WRITE, own=question),
    "GET /api/v1/questions/duplicates/": Row(READ),
}
