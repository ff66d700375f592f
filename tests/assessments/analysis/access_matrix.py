"""Who gets through at the analysis of a person."""

from tests.access.matrix import Row


def agent(world, _person):
    return {"pk": world.agent.pk}


def own(_world, person):
    return {"pk": person.pk}


def stranger(world, _person):
    return {"pk": world.stranger.pk}


ROWS = {
    "my-analysis": Row("trainee"),
    "person-analysis": Row(
        "trainee hr supervisor mentor auditor", own=own, foreign=stranger, sees_foreign="hr auditor"
    ),
}
