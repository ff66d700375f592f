"""The demo company's curriculum: the content pack, four programmes, its refreshers, and when each was given to whom.

What is learnt is told by the assessments, since a course is completed by its quiz; here are the occasions.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from courses.attendance import demo as attendance
from courses.audiences import demo as audiences
from courses.audiences.actions import people_matching, save_audience
from courses.audiences.models import Audience
from courses.checklists import demo as checklists
from courses.competencies import demo as competencies
from courses.enrolment.models import Enrolment
from courses.feeds import demo as feeds
from courses.instructors import demo as instructors
from courses.invitations import demo as invitations
from courses.lessons import demo as lessons
from courses.models import Programme
from courses.packs.actions import apply_pack, read_pack
from courses.planning import demo as calendar
from courses.programmes import demo as plans
from courses.programmes.actions import assign_at_once, build
from courses.programmes.assigning import Terms
from courses.programmes.due import Due
from courses.programmes.models import DueRule
from courses.refreshers import demo as refreshers
from courses.rooms import demo as rooms
from courses.seats import demo as seats
from courses.series import demo as series
from courses.session_papers import demo as session_papers
from courses.sessions import demo as sessions
from courses.topics import demo as topics
from courses.workdays import demo as workdays
from courses.writeups import demo as writeups
from trainingsite.core.demo import CONTENT, Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import Position, User

# Days before the end of the story on which a programme was given, and for how many days.
GIVEN = {
    "monthly-topic": [(470, 21), (190, 21), (11, 14)],
    "complaint-upskilling": [(245, 35)],
    "supervisor-bench": [(120, 90)],
}
COHORT_DAYS = 15
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Occasion:
    """A day on which people were enrolled: `happen` enrols them and gives the new enrolments."""

    on: date
    happen: Callable[[], QuerySet[Enrolment]]


def tell(story: Story) -> None:
    hr = User.objects.get(username="hr")
    apply_pack(read_pack(CONTENT), by=hr, at=moment(story.first_day - 30 * DAY))
    topics.tell(story)
    competencies.tell(story)
    calendar.tell(story)
    workdays.tell(story)
    rooms.tell(story)
    instructors.tell(story)
    sessions.tell(story)
    series.tell(story)
    attendance.tell(story)
    seats.tell(story)
    invitations.tell(story)
    feeds.tell(story)
    writeups.tell(story)
    lessons.tell(story)
    session_papers.tell(story)
    checklists.tell(story)
    audiences.tell(story)
    occasions = [*_programmes(story, hr), *_refreshers(story, hr)]
    story.kept["occasions"] = sorted(occasions, key=lambda occasion: occasion.on)


def conditions(story: Story, audience: dict[str, Any]) -> list[dict[str, Any]]:
    """The company's texts name departments and positions by code; audiences keep their ids."""
    positions = {p.external_id: p.pk for p in Position.objects.all()}
    found: list[dict[str, Any]] = []
    if audience["departments"]:
        places = [story.kept["department"][code].pk for code in audience["departments"]]
        found.append({"kind": "department", "value": places})
    if audience["positions"]:
        jobs = [positions[story.kept["position"][code]] for code in audience["positions"]]
        found.append({"kind": "position", "value": jobs})
    return found


def _programmes(story: Story, hr: User) -> Iterator[Occasion]:
    for row in read("programmes")["programmes"]:
        programme = build(
            title=row["title"],
            summary=row["summary"],
            stages=list(stages_of(row)),
            code=row["code"],
            by=hr,
            at=moment(story.first_day - 20 * DAY),
        )
        audience = conditions(story, row["audience"])
        if row["code"] == "complaint-upskilling":
            yield _too_late_for_some(story, hr, programme, audience)
        if row["code"] == "onboarding":
            since = story.today - plans.SECOND_SINCE
            renew = partial(plans.second_version, programme, list(stages_of(row)), hr, since)
            yield Occasion(since, renew)
            yield from _cohorts(story, hr, programme, audience, row["days_to_complete"])
        for ago, days in GIVEN.get(row["code"], []):
            on = story.today - ago * DAY
            rule = save_audience(f"{row['title']} · {on:%Y-%m}", audience, owner=hr)
            terms = Terms(Due(DueRule.FIXED, on=on + days * DAY))
            yield Occasion(on, partial(_give, programme, rule, hr, terms, on, story))


def stages_of(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The stages as a programme is built from: each begins on the day after the one before it has ended."""
    first = 1
    for stage in row["stages"]:
        items = [{"course": code} for code in stage.get("courses", [])]
        yield {"title": stage["title"], "days": [first, stage["days"]], "items": [*items, *stage.get("items", [])]}
        first = stage["days"] + 1


def _cohorts(
    story: Story, hr: User, programme: Programme, audience: list[dict[str, Any]], days: int
) -> Iterator[Occasion]:
    """Everybody who was there at the beginning, then twice a month whoever is new."""
    everybody = save_audience("在岗客服 · 首次摸底", audience, owner=hr)
    first = story.first_day
    terms = Terms(Due(DueRule.FIXED, on=first + 60 * DAY))
    yield Occasion(first, partial(_give, programme, everybody, hr, terms, first, story))
    on = first + COHORT_DAYS * DAY
    while on <= story.today:
        since = (on - (COHORT_DAYS - 1) * DAY).isoformat()
        who = [*audience, {"kind": "hired_since", "value": since}]
        if people_matching(who, on=on).exists():
            cohort = save_audience("", who, owner=hr)
            terms = plans.terms_of_cohort(on, story.today, days)
            yield Occasion(on, partial(_give, programme, cohort, hr, terms, on, story))
        on += COHORT_DAYS * DAY


def _too_late_for_some(story: Story, hr: User, programme: Programme, audience: list[dict[str, Any]]) -> Occasion:
    """Newcomers get it within 40 days of being hired: for some of them that day has passed, HR has to decide."""
    on = story.today - 5 * DAY
    recent = [*audience, {"kind": "hired_since", "value": (story.today - 60 * DAY).isoformat()}]
    rule = save_audience("售后新人 · 投诉处理补训", recent, owner=hr)
    terms = Terms(Due(DueRule.AFTER_HIRE, days=40))
    return Occasion(on, partial(_give, programme, rule, hr, terms, on, story))


def _give(
    programme: Programme, audience: Audience, hr: User, terms: Terms, on: date, story: Story
) -> QuerySet[Enrolment]:
    token = UUID(int=story.rng.getrandbits(128), version=4)
    programme.refresh_from_db()
    assignment = assign_at_once(programme, audience, by=hr, on=on, terms=terms, token=token, tell=False)
    plans.decide(assignment, hr, on, story.today)
    plans.attend(story.today)
    return Enrolment.objects.filter(assignment=assignment)


def _refreshers(story: Story, hr: User) -> Iterator[Occasion]:
    for row in read("refreshers")["refreshers"]:
        audience = save_audience(row["title"], conditions(story, row["audience"]), owner=hr)
        for on, happen in refreshers.tell(story, row, audience, hr):
            yield Occasion(on, happen)
    yield Occasion(story.today, partial(refreshers.look_ahead, moment(story.today, 6)))
