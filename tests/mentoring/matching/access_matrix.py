from datetime import date
from typing import Any

from mentoring.models import Match, MatchingRound
from tests.access.matrix import Row, World
from tests.mentoring.access_matrix import mentor
from trainingsite.people.models import User

READERS = "hr auditor api_client"


def a_round(w: World) -> MatchingRound:
    def make() -> MatchingRound:
        made = MatchingRound.objects.create(title="六月新人", by=w.people["hr"], starts_on=date(2026, 6, 1))
        made.pool.create(mentor_id=mentor(w, w.agent)["person_pk"], places=1)
        made.matches.create(mentee=w.agent)
        return made

    return w.make("matching round", make)


def the_round(w: World, _person: User) -> dict[str, Any]:
    return {"pk": a_round(w).pk}


def the_match(w: World, _person: User) -> dict[str, Any]:
    return {"pk": Match.objects.get(round=a_round(w)).pk}


HR = "hr"
ROWS = {
    "matching-rounds": Row(HR),
    "matching-new": Row(HR, methods="GET POST"),
    "matching-round": Row(HR, own=the_round),
    "matching-edit": Row(HR, own=the_round, methods="GET POST"),
    "matching-add": Row(HR, own=the_round, methods="GET POST"),
    "matching-solve": Row(HR, own=the_round, methods="POST"),
    "matching-confirm": Row(HR, own=the_round, methods="POST"),
    "matching-discard": Row(HR, own=the_round, methods="POST"),
    "matching-export": Row(HR, own=the_round),
    "match-alternatives": Row(HR, own=the_match),
    "match-fix": Row(HR, own=the_match, methods="POST"),
    "match-loosen": Row(HR, own=the_match, methods="POST"),
    "match-remove": Row(HR, own=the_match, methods="POST"),
    "GET /api/v1/matching-rounds/": Row(READERS),
    "GET /api/v1/matching-rounds/{pk}/": Row(READERS, own=the_round),
}
