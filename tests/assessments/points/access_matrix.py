"""Who gets through at points: the own, those of people one looks after, the board, the rules."""

from tests.access.matrix import HUMANS, Row
from tests.factories.points import MARCH, entry_of, rule_of

READERS, WRITERS = "hr auditor api_client", "hr api_client"
SEE = "trainee hr supervisor mentor auditor"


def rules(world):
    """Of each event that is asked for here, once."""
    return world.make("rules of points", lambda: [rule_of(event, 20) for event in ("external", "given")])


def entry(world, person):
    rules(world)
    return {"pk": world.make(f"points of {person.pk}", lambda: entry_of(person, at=MARCH)).pk}


def of_agent(world, _person):
    return entry(world, world.agent)


def of_stranger(world, _person):
    return entry(world, world.stranger)


def person(_world, whom):
    return {"pk": whom.pk}


def agent(world, _person):
    rules(world)
    return {"pk": world.agent.pk}


def stranger(world, _person):
    rules(world)
    return {"pk": world.stranger.pk}


def quiz(_world, _person):
    return {"event": "quiz"}


ROWS = {
    "my-points": Row("trainee mentor"),
    "person-points": Row(SEE, own=person, foreign=stranger, sees_foreign="hr auditor"),
    "points-give": Row("hr supervisor", own=agent, foreign=stranger, sees_foreign="hr", methods="GET POST"),
    "points-board": Row("hr supervisor auditor"),
    "points-board-csv": Row("hr supervisor auditor"),
    "points-void": Row("hr", own=of_agent, foreign=of_stranger, sees_foreign="hr", methods="GET POST"),
    "point-rules": Row(HUMANS),
    "point-rules-suggested": Row("hr", methods="POST"),
    "point-rule-new": Row("hr", own=quiz, methods="GET POST"),
    "point-rule-preview": Row("hr", own=quiz),
    "GET /api/v1/points/": Row(READERS),
    "GET /api/v1/points/{pk}/": Row(READERS, own=of_agent),
    "GET /api/v1/points/balance/": Row(READERS),
    "POST /api/v1/points/": Row(WRITERS),
    "POST /api/v1/points/give/": Row(WRITERS),
    "POST /api/v1/points/{pk}/void/": Row(WRITERS, own=of_agent),
}
