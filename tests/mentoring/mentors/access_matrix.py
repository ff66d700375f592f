from datetime import date
from typing import Any

from mentoring.models import Away, KeepApart
from tests.access.matrix import Row, World
from tests.factories.mentoring import MentorProfileFactory
from trainingsite.people.models import User

READERS = "hr auditor api_client"
WRITERS = "hr api_client"


def own_profile(w: World) -> Any:
    """The agent guides people, too."""
    return w.make("agent as mentor", lambda: MentorProfileFactory(person=w.agent))


def foreign_profile(w: World) -> Any:
    return w.make("stranger as mentor", lambda: MentorProfileFactory(person=w.stranger))


def page(profile: Any) -> Any:
    return lambda w, _p: {"person_pk": profile(w).person_id}


def away(w: World, person: User) -> Any:
    days = {"first_day": date(2100, 1, 1), "last_day": date(2100, 1, 2)}
    return w.make(f"days away of {person.pk}", lambda: Away.objects.create(person=person, **days))


def apart(w: World, _person: User) -> dict[str, Any]:
    one, other = sorted([w.agent, w.stranger], key=lambda person: person.pk)
    return {"pk": w.make("kept apart", lambda: KeepApart.objects.create(one=one, other=other, reason="other")).pk}


ROWS = {
    "mentors-export": Row("hr supervisor auditor"),
    "mentor": Row(
        "hr supervisor auditor", own=page(own_profile), foreign=page(foreign_profile), sees_foreign="hr auditor"
    ),
    "mentor-away-new": Row("hr", own=page(own_profile), methods="POST"),
    "mentor-away-remove": Row(
        "hr",
        own=lambda w, _p: {"person_pk": own_profile(w).person_id, "pk": away(w, w.agent).pk},
        methods="POST",
    ),
    "my-mentoring-profile": Row("mentor"),
    "my-away-new": Row("mentor", methods="POST"),
    "my-away-remove": Row("mentor", own=lambda w, p: {"pk": away(w, p).pk}, methods="POST"),
    "my-wishes": Row("trainee mentor"),
    "my-wish": Row("trainee mentor", methods="POST", data=lambda w, _p: {"other": w.stranger.pk}),
    "keep-apart": Row("hr"),
    "keep-apart-new": Row("hr", methods="GET POST"),
    "keep-apart-lift": Row("hr", own=apart, methods="POST"),
    "guidance-rule": Row("hr", methods="GET POST"),
    "GET /api/v1/mentors/": Row(READERS),
    "GET /api/v1/mentors/{pk}/": Row(
        READERS,
        own=lambda w, _p: {"pk": own_profile(w).pk},
        foreign=lambda w, _p: {"pk": foreign_profile(w).pk},
        sees_foreign=READERS,
    ),
    "GET /api/v1/availability/": Row(READERS),
    "PUT /api/v1/availability/bulk/": Row(WRITERS),
    "PUT /api/v1/availability/{person}/": Row(
        WRITERS,
        own=lambda w, _p: {"person": w.agent.pk},
        foreign=lambda w, _p: {"person": w.stranger.pk},
        sees_foreign=WRITERS,
    ),
}
