"""Who gets through at people's competencies, at what they rest on, and at the rules."""

from assessments.models import CurrentLevel, Evidence, RatingRule
from tests.access.matrix import HUMANS, Row
from tests.factories.ratings import NOON, competency, piece, rating_rule

WHO = "trainee hr supervisor mentor assessor auditor"
RATERS = "hr supervisor mentor assessor"


def competency_of(world):
    def make():
        rating_rule()
        return competency("rated")

    return world.make("competency that is rated", make)


def evidence_of(world, person):
    how = lambda: Evidence.objects.create(**piece(person, competency_of(world))._asdict(), recorded_at=NOON)  # noqa: E731 - made once a person
    return world.make(f"evidence of {person.pk}", how)


def own(_world, person):
    return {"pk": person.pk}


def agent(world, _person):
    return {"pk": world.agent.pk}


def stranger(world, _person):
    return {"pk": world.stranger.pk}


def own_competency(world, person):
    return {"pk": person.pk, "competency_pk": competency_of(world).pk}


def agents_competency(world, _person):
    return {"pk": world.agent.pk, "competency_pk": competency_of(world).pk}


def strangers_competency(world, _person):
    return {"pk": world.stranger.pk, "competency_pk": competency_of(world).pk}


def agents_evidence(world, _person):
    return {"pk": evidence_of(world, world.agent).pk}


def agents_level(world, _person):
    evidence = evidence_of(world, world.agent)
    rule = RatingRule.objects.get()
    how = lambda: CurrentLevel.objects.create(  # noqa: E731 - made once
        person=evidence.person, competency=evidence.competency, rule=rule, derived_at=NOON
    )
    return {"pk": world.make("level of the agent", how).pk}


READERS, WRITERS = "hr auditor api_client", "hr api_client"
ROWS = {
    "my-competencies": Row(WHO),
    "person-competencies": Row(WHO, own=own, foreign=stranger, sees_foreign="hr auditor"),
    "competency-evidence": Row(WHO, own=own_competency, foreign=strangers_competency, sees_foreign="hr auditor"),
    "assess": Row(
        RATERS,
        own=agents_competency,
        foreign=strangers_competency,
        sees_foreign="hr",
        unseen="mentor assessor",
        methods="GET POST",
    ),
    "void-evidence": Row("hr", own=agents_evidence, methods="GET POST"),
    "GET /api/v1/evidence/": Row(READERS),
    "GET /api/v1/evidence/{pk}/": Row(READERS, own=agents_evidence),
    "POST /api/v1/evidence/bulk/": Row(WRITERS),
    "POST /api/v1/evidence/{pk}/void/": Row(WRITERS, own=agents_evidence),
    "GET /api/v1/competency-levels/": Row(READERS),
    "GET /api/v1/competency-levels/{pk}/": Row(READERS, own=agents_level),
    "rating-rules": Row(HUMANS),
    "rating-rule-new": Row("hr", methods="GET POST"),
}
