"""Who gets through at the pages and operations of regrades."""

from assessments.regrading.models import Regrade, RegradeChange
from tests.access.matrix import Row
from tests.factories.assessments import QuestionFactory
from tests.factories.marking import NINE, essay_quiz, handed_in

VIEWERS = "hr auditor"
READERS = "hr auditor api_client"


def regrade_of(world):
    def make():
        hr, quiz = world.people["hr"], essay_quiz(graded=False)
        question = QuestionFactory(topic=quiz.unit.course.topic)
        made = Regrade.objects.create(question=question, way="full", state="checked", started_by=hr)
        attempt = handed_in(world.agent, quiz)
        RegradeChange.objects.create(regrade=made, attempt=attempt, reaches_mark=False, applied_at=NINE)
        return made

    return world.make("regrade", make)


def regrade(world, _person):
    return {"pk": regrade_of(world).pk}


def change(world, _person):
    return {"pk": regrade_of(world).changes.get().pk}


ROWS = {
    "regrades": Row(VIEWERS),
    "regrade-new": Row("hr", methods="GET POST"),
    "regrade": Row(VIEWERS, own=regrade, methods="GET POST"),
    "regrade-csv": Row(VIEWERS, own=regrade),
    "regrade-discard": Row("hr", own=regrade, methods="POST"),
    "regrade-go-on": Row("hr", own=regrade, methods="POST"),
    "GET /api/v1/regrades/": Row(READERS),
    "GET /api/v1/regrades/{pk}/": Row(READERS, own=regrade),
    "GET /api/v1/regrade-changes/": Row(READERS),
    "GET /api/v1/regrade-changes/{pk}/": Row(READERS, own=change),
}
