"""The demo company's sign-ups: a full workshop with a waiting list, one with too few people, open ones, a past one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from courses.attendance.actions import record_attendance
from courses.instructors.models import Instructor
from courses.planning.models import Season
from courses.planning.seasons import next_free
from courses.rooms.models import Room
from courses.seats.actions import give_up, sign_up
from courses.seats.minimum import judge_minimum
from courses.series.models import Entry, SessionKind
from courses.sessions.actions import schedule
from courses.sessions.models import Session
from courses.topics.models import Topic
from trainingsite.core.demo import Story
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import silence
from trainingsite.people.access.roles import Role
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
LINK = "https://meet.example.com/kefu-open"


@dataclass(frozen=True)
class Plan:
    """A session of the demo: days from the last day of the story, hour, minutes, seats, who is in and who waits."""

    days: int
    hour: int
    minutes: int
    title: str
    kind: SessionKind
    topic: str
    seats: int | None
    people: int
    minimum: int | None = None
    judged: int | None = None  # so many days ago
    trainee: bool = False
    agenda: str = ""


CALM = "识别自己的情绪信号\n三分钟减压练习\n把难听的话听成需求"
SCRIPTS = "本周高频问题\n两人一组改写话术\n选出三条进话术库"
PLANS = (
    Plan(-24, 10, 90, "情绪急救工作坊（第一期）", SessionKind.WORKSHOP, "emotion", 8, 10, agenda=CALM),
    Plan(-10, 15, 60, "话术共创会（十月）", SessionKind.TEAM, "communication", 10, 7, agenda=SCRIPTS),
    Plan(6, 15, 90, "情绪急救工作坊（第二期）", SessionKind.WORKSHOP, "emotion", 6, 10, trainee=True, agenda=CALM),
    Plan(8, 16, 60, "话术共创会（十二月）", SessionKind.TEAM, "communication", 12, 3, 8, 1, agenda=SCRIPTS),
    Plan(12, 15, 45, "数据看板入门（线上）", SessionKind.CLASS, "data", None, 6),
    Plan(16, 10, 60, "疑难投诉案例复盘", SessionKind.REVIEW, "complaint", 15, 5, 4),
    Plan(20, 16, 60, "跨部门角色扮演擂台", SessionKind.ROLEPLAY, "communication", 8, 4),
)  # fmt: skip


def tell(story: Story) -> None:
    hr, instructor = User.objects.get(username="hr"), User.objects.get(username="instructor")
    teacher = Instructor.objects.of([instructor.pk])
    with silence():
        for number, plan in enumerate(PLANS):
            session = _planned(story, plan, hr, teacher)
            if session:
                _people_come(story, plan, session, number)
            if session and plan.days < 0:
                _attended(session, instructor)
        judge_minimum(at=moment(story.today, 8))


def _planned(story: Story, plan: Plan, hr: User, teacher: list[Instructor]) -> Session | None:
    """In the first room that is free, else online; None when the day leaves no place for it."""
    day = _free(story.today + plan.days * DAY)
    at = moment(min(day, story.today) - 14 * DAY)
    judged = moment(story.today - plan.judged * DAY, 18) if plan.judged else None
    for room in [*_rooms(plan), None]:
        try:
            return schedule(
                title=plan.title,
                kind=plan.kind,
                starts_at=moment(day, plan.hour),
                minutes=plan.minutes,
                room=room,
                join_url="" if room else LINK,
                topic=Topic.objects.filter(slug__startswith=plan.topic).first(),
                agenda=plan.agenda,
                entry=Entry.SIGN_UP,
                sign_up_until=moment(day - DAY, 18),
                capacity=plan.seats,
                minimum=plan.minimum,
                minimum_by=judged,
                instructors=teacher,
                by=hr,
                at=at,
                anyway=True,
            )
        except Refused:
            continue
    return None


def _rooms(plan: Plan) -> list[Room]:
    """Rooms that hold so many; none for what has no limit."""
    return [room for room in Room.objects.in_use() if plan.seats and (room.seats or 0) >= plan.seats]


def _free(day: date) -> date:
    """A day for training: no weekend, no blackout."""
    seasons = list(Season.objects.all())
    while day.weekday() > 4 or next_free(day, seasons) != day:  # noqa: PLR2004 - Saturday and Sunday
        day += DAY
    return day


def _people_come(story: Story, plan: Plan, session: Session, number: int) -> None:
    """One every few minutes; the trainee comes late, the first to sign up gives the seat up."""
    first = min(moment(story.today - 4 * DAY, 10), session.starts_at - 8 * DAY)
    came: list[User] = []
    for minute, person in enumerate(_willing(story, plan, session, number)):
        try:
            sign_up(session, person, at=first + timedelta(minutes=7 * minute))
        except Refused:
            continue
        came.append(person)
        if len(came) == plan.people:
            break
    if plan.seats and len(came) > plan.seats:
        give_up(session, came[0], reason="当天临时排班", at=first + 2 * DAY)


def _willing(story: Story, plan: Plan, session: Session, number: int) -> Iterator[User]:
    """Learners of all teams in another order each time."""
    staff = User.objects.employed(story.today).with_role(Role.TRAINEE).exclude(username="trainee")
    pool = list(staff.order_by("pk"))
    for step, person in enumerate(Random(number).sample(pool, len(pool))):
        if plan.trainee and step == (session.capacity or 0) + 2:
            yield User.objects.get(username="trainee")
        yield person


def _attended(session: Session, instructor: User) -> None:
    """All but the last who came by a seat were there."""
    seated = session.places.filter(seat__isnull=False).order_by("pk").values_list("person_id", flat=True)
    record_attendance(session, list(seated)[:-1], by=instructor, at=session.ends_at)
