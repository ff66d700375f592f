"""The demo company's refreshers: rules with their history, runs that were left out, one shifted over a holiday."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from courses.attendance.actions import record_attendance
from courses.audiences.actions import people_matching
from courses.audiences.models import Audience
from courses.enrolment.models import Enrolment
from courses.models import Course
from courses.refreshers.actions import Rule, beat, close_due, materialise, save_rule, skip
from courses.refreshers.days import Run, runs_between
from courses.refreshers.materialising import lead_of
from courses.refreshers.models import Occurrence, Refresher
from courses.rooms.models import Room
from courses.seats.actions import sign_up
from courses.series.models import SessionTemplate
from courses.series.template_actions import save_template
from courses.sessions.models import Session
from courses.topics.models import Topic
from trainingsite.core.demo import Story
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
SAID_AHEAD = 5 * DAY
SIGNED_UP, PRESENT, SEATS = 8, 0.88, 16
Happening = tuple[date, Callable[[], QuerySet[Enrolment]]]


def tell(story: Story, row: dict[str, Any], audience: Audience, hr: User) -> Iterator[Happening]:
    """Make the rule of the row and say on which days its runs happened: each is a function that lets it happen."""
    begin = story.today - row["since"] * DAY
    rule = _rule(row, audience, begin, hr)
    with silence():
        refresher = save_rule(None, rule, by=hr, at=moment(begin, 0))
    last = story.today + rule.announce_days * DAY
    runs = runs_between(refresher, begin, last, lead=lead_of(refresher))
    ran = [run for run in runs if run.opens_at <= moment(story.today, 6)]
    left_out, reason = row.get("skipped", (0, ""))
    for number, run in enumerate(reversed(ran), start=1):
        day = timezone.localdate(run.opens_at)
        if number == left_out:
            yield day - SAID_AHEAD, partial(_skip, refresher, run, reason, hr)
        else:
            yield day, partial(_run, refresher, run)
        if rule.what == "session" and run.on < story.today and number != left_out:
            yield run.on, partial(_attend, refresher, run)


def _rule(row: dict[str, Any], audience: Audience, begin: date, hr: User) -> Rule:
    same = ("what", "title", "rrule", "shift", "days_to_complete", "announce_days", "escalate_days")
    return Rule(
        audience=audience,
        starts_on=begin,
        course=Course.objects.get(code=row["course"]) if "course" in row else None,
        template=_template(row["template"], hr) if "template" in row else None,
        at_time=time.fromisoformat(row["at_time"]),
        reminders=tuple(row["reminders"]),
        ready=row.get("ready", ""),
        **{name: row[name] for name in same},
    )


def _template(row: dict[str, Any], hr: User) -> SessionTemplate:
    room, _made = Room.objects.get_or_create(name=row["room"], defaults={"seats": SEATS, "building": "客服中心"})
    topic = Topic.objects.filter(slug__startswith=row["topic"]).first()
    return save_template(None, instructors=(), by=hr, **{**row, "room": room, "topic": topic})


def _run(refresher: Refresher, run: Run) -> QuerySet[Enrolment]:
    """Beat, on the day that the run opens."""
    at = max(run.opens_at, moment(timezone.localdate(run.opens_at), 9))
    with silence():
        beat(at=at)
    return Enrolment.objects.filter(occurrence__refresher=refresher, occurrence__planned_on=run.planned_on)


def _skip(refresher: Refresher, run: Run, reason: str, hr: User) -> QuerySet[Enrolment]:
    with silence():
        materialise(at=run.opens_at - SAID_AHEAD)
        found = Occurrence.objects.filter(refresher=refresher, planned_on=run.planned_on).first()
        if found:
            skip(found, reason=reason, by=hr)
    return Enrolment.objects.none()


def look_ahead(at: datetime) -> QuerySet[Enrolment]:
    """Beat of the last morning: what is over is closed, and what comes is planned."""
    with silence():
        materialise(at=at)
        close_due(at=at)
    return Enrolment.objects.none()


def _attend(refresher: Refresher, run: Run) -> QuerySet[Enrolment]:
    """Some signed up for the session in time, and most of them were there."""
    rng = Random(run.planned_on.toordinal())
    sessions = Session.objects.filter(occurrences__refresher=refresher, occurrences__planned_on=run.planned_on)
    for session in sessions.filter(cancelled_at=None):
        with silence():
            _sign_up(rng, session, refresher, session.starts_at - 2 * DAY)
            held = session.places.exclude(seat=None).values_list("person_id", flat=True)
            here = [pk for pk in held if rng.random() < PRESENT]
            record_attendance(session, here, by=None, at=session.ends_at)
    return Enrolment.objects.none()


def _sign_up(rng: Random, session: Session, refresher: Refresher, at: datetime) -> None:
    people = list(people_matching(refresher.audience.conditions, on=timezone.localdate(at)).order_by("pk"))
    for person in rng.sample(people, min(SIGNED_UP, len(people))):
        try:
            sign_up(session, person, at=at)
        except Refused:
            continue
