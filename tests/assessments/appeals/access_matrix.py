"""Who gets through at the pages and operations of appeals."""

from assessments.appeals.actions import appeal
from tests.access.matrix import Row
from tests.factories.marking import answer_of, essay_quiz, handed_in
from trainingsite.core import clock

MARKERS = "hr instructor assessor"
READERS = "hr auditor api_client"


def graded(world, person):
    """An essay of the person that got half of its points."""

    def make():
        attempt = handed_in(person, essay_quiz(graded=False), at=clock.now())
        attempt.responses.update(fraction="0.5", needs_person=False)
        attempt.state, attempt.score, attempt.passed = "graded", 50, False
        attempt.save()
        return answer_of(attempt)

    return world.make(f"graded essay of {person.pk}", make)


def place(world, person):
    return {"pk": graded(world, person).attempt_id, "position": 1}


def place_of_stranger(world, _person):
    return place(world, world.stranger)


def made(world, person):
    how = lambda: appeal(graded(world, person), "不对", by=person, at=clock.now())  # noqa: E731 - made once a person
    return {"pk": world.make(f"appeal of {person.pk}", how).pk}


def of_agent(world, _person):
    return made(world, world.agent)


def of_stranger(world, _person):
    return made(world, world.stranger)


ROWS = {
    "appeal-new": Row("trainee", own=place, foreign=place_of_stranger, methods="GET POST"),
    "appeals": Row(MARKERS),
    "my-appeals": Row("trainee"),
    "appeal": Row(
        "trainee hr instructor assessor auditor",
        own=of_agent,
        unseen="trainee instructor assessor",
        foreign=of_stranger,
        sees_foreign="hr auditor",
    ),
    "appeal-withdraw": Row("trainee", own=made, foreign=of_stranger, methods="POST"),
    "GET /api/v1/appeals/": Row(READERS),
    "GET /api/v1/appeals/{pk}/": Row(READERS, own=of_agent),
    "POST /api/v1/appeals/{pk}/answer/": Row(
        MARKERS,
        own=of_agent,
        unseen="instructor assessor",
        foreign=of_stranger,
        sees_foreign="hr",
        data=lambda _world, _person: {"outcome": "dismissed", "reason": "不适用"},
    ),
}
