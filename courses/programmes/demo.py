"""The demo's onboarding in its second version: with a class, a mentor, and each item due at the end of its stage."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from courses.enrolment.models import Enrolment
from courses.programmes.actions import open_draft, publish
from courses.programmes.assigning import Terms
from courses.programmes.blueprints import lay_out
from courses.programmes.due import Due, Start
from courses.programmes.exceptions import extend_exception
from courses.programmes.models import Assignment, DueRule, Programme, Starts
from courses.sessions.models import SessionPlace
from trainingsite.people.demo import moment
from trainingsite.people.models import User

SECOND_SINCE = timedelta(days=50)
UNDECIDED, MORE_TIME = timedelta(days=10), timedelta(days=60)
NOTES = "开班课改为线下，跟岗阶段配导师"
Stages = list[dict[str, Any]]


def second_version(programme: Programme, stages: Stages, hr: User, on: date) -> QuerySet[Enrolment]:
    """Publish the version with a class on the first day and a mentor from the second stage on."""
    welcome = {"kind": "session", "title": "开班：服务规范与情景演练", "minutes": 90, "day": 1, "time": "09:30"}
    review = {"kind": "session", "title": "阶段复盘与答疑", "minutes": 60, "day": 4, "time": "15:00"}
    mentor = {"kind": "pairing", "goal": "能独立处理常见咨询"}
    first, second, *rest = stages
    draft = open_draft(programme, by=hr)
    programme.stages.filter(version=draft.number).delete()
    first = {**first, "items": [welcome, *first["items"], review]}
    second = {**second, "items": [mentor, *second["items"]]}
    lay_out(programme, draft.number, [first, second, *rest])
    publish(programme, by=hr, at=moment(on), notes=NOTES)
    return Enrolment.objects.none()


def terms_of_cohort(on: date, today: date, days: int) -> Terms:
    """The newest cohorts learn stage by stage, and the last one is joined by whoever is hired later."""
    if on < today - SECOND_SINCE:
        return Terms(Due(DueRule.AFTER_HIRE, days=days))
    return Terms(Due(DueRule.STAGES), Start(Starts.FIXED, on))


def decide(assignment: Assignment, hr: User, on: date, today: date) -> None:
    """HR has decided about whoever could not meet the days, except of late."""
    if on < today - UNDECIDED:
        for exception in assignment.exceptions.waiting():
            extend_exception(
                exception, due_on=on + MORE_TIME, reason="避开大促，顺延完成", by=hr, at=moment(on), tell=False
            )


def attend(day: date) -> None:
    """Who had a place in a class before the day was there."""
    held = SessionPlace.objects.held().filter(
        session__item_link__isnull=False, session__ends_at__date__lt=day, attended_at=None
    )
    places = list(held.select_related("session"))
    for place in places:
        place.attended_at = place.session.ends_at
    SessionPlace.objects.bulk_update(places, ["attended_at"], batch_size=1000)
