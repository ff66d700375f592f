from typing import Any

from assessments.models import Invitation, Survey
from courses.models import Unit
from tests.access.matrix import HUMANS, Row, World
from tests.factories.courses import EnrolmentFactory, UnitFactory
from tests.factories.surveys import SurveyFactory
from trainingsite.core import clock
from trainingsite.people.models import User


def draft(w: World, _person: User) -> dict[str, Any]:
    survey = w.make("draft survey", lambda: SurveyFactory(opens_on=clock.today(), closes_on=clock.today()))
    return {"pk": survey.pk}


def sent(w: World) -> Survey:
    day, now = clock.today(), clock.now()
    return w.make("sent survey", lambda: SurveyFactory(opens_on=day, closes_on=day, released_at=now, sent_at=now))


def asked(w: World, person: User) -> dict[str, Any]:
    """The person who asks is invited."""
    w.make(f"invitation {person.pk}", lambda: Invitation.objects.create(survey=sent(w), person=person))
    return {"pk": sent(w).pk}


def asked_of_another(w: World, _person: User) -> dict[str, Any]:
    survey = w.make("survey of another", lambda: SurveyFactory(released_at=clock.now(), sent_at=clock.now()))
    w.make("another's invitation", lambda: Invitation.objects.create(survey=survey, person=w.stranger))
    return {"pk": survey.pk}


def survey_unit(w: World) -> Unit:
    return w.make("survey unit", lambda: UnitFactory(kind="survey", body=""))


def learnt(w: World, person: User) -> dict[str, Any]:
    unit = survey_unit(w)
    enrolment = w.make(f"survey of {person.pk}", lambda: EnrolmentFactory(person=person, course=unit.course))
    return {"pk": enrolment.pk, "unit_pk": unit.pk}


def learnt_by_another(w: World, _person: User) -> dict[str, Any]:
    return learnt(w, w.stranger)


ROWS = {
    "learn-survey": Row("trainee", own=learnt, foreign=learnt_by_another, methods="GET POST"),
    "survey-unit-edit": Row("hr instructor", own=lambda w, _p: {"pk": survey_unit(w).pk}, methods="GET POST"),
    "surveys": Row("hr auditor"),
    "survey-new": Row("hr", methods="GET POST"),
    "survey": Row("hr auditor", own=lambda w, _p: {"pk": sent(w).pk}),
    "survey-edit": Row("hr", own=draft, methods="GET POST"),
    "survey-send": Row("hr", own=draft, methods="POST"),
    "survey-delete": Row("hr", own=draft, methods="POST"),
    "survey-export": Row("hr auditor", own=lambda w, _p: {"pk": sent(w).pk}),
    "survey-answer": Row(HUMANS, own=asked, foreign=asked_of_another, methods="GET POST"),
}
