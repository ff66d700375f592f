"""Who gets through at the pages and operations of marking."""

from assessments.marking.comments import save_phrase
from tests.access.matrix import Row
from tests.factories.marking import answer_of, essay_quiz, handed_in, marked

MARKERS = "hr instructor assessor"
READERS = "hr auditor api_client"


def quiz_of(world):
    return world.make("essay quiz", lambda: essay_quiz(graded=False))


def answer(world, person):
    how = lambda: answer_of(handed_in(person, quiz_of(world)))  # noqa: E731 - made once a person
    return {"pk": world.make(f"essay of {person.pk}", how).pk}


def of_agent(world, _person):
    return answer(world, world.agent)


def of_stranger(world, _person):
    return answer(world, world.stranger)


def phrase(world, person):
    return {"pk": world.make(f"phrase of {person.pk}", lambda: save_phrase("写得好", by=person)).pk}


def phrase_of_stranger(world, _person):
    return phrase(world, world.stranger)


def marking(world, _person):
    """HR has marked what the agent handed in."""

    def make():
        return marked(answer_of(handed_in(world.agent, essay_quiz(graded=False))), 80, by=world.people["hr"])

    return {"pk": world.make("marking", make).pk}


def course(world, _person):
    return {"pk": quiz_of(world).unit.course_id}


ROWS = {
    "marking": Row(MARKERS),
    "marking-comment": Row(MARKERS, methods="POST"),
    "marking-mark": Row(
        MARKERS,
        own=of_agent,
        unseen="instructor assessor",
        foreign=of_stranger,
        sees_foreign="hr",
        methods="GET POST",
    ),
    "marking-skip": Row(
        MARKERS, own=of_agent, unseen="instructor assessor", foreign=of_stranger, sees_foreign="hr", methods="POST"
    ),
    "marking-phrases": Row(MARKERS, methods="GET POST"),
    "marking-phrase-drop": Row(MARKERS, own=phrase, foreign=phrase_of_stranger, methods="POST"),
    "marking-teams": Row("hr instructor"),
    "marking-team": Row("hr instructor", own=course, methods="GET POST"),
    "GET /api/v1/marking-queue/": Row(MARKERS),
    "GET /api/v1/marking-queue/{pk}/": Row(
        MARKERS, own=of_agent, unseen="instructor assessor", foreign=of_stranger, sees_foreign="hr"
    ),
    "POST /api/v1/marking-queue/{pk}/mark/": Row(
        MARKERS, own=of_agent, unseen="instructor assessor", foreign=of_stranger, sees_foreign="hr"
    ),
    "GET /api/v1/markings/": Row(READERS),
    "GET /api/v1/markings/{pk}/": Row(READERS, own=marking),
}
