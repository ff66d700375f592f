"""The demo company's sessions: those of the last months, and those to come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courses.instructors.models import Instructor
from courses.planning.models import Season
from courses.planning.seasons import next_free
from courses.rooms.models import Room
from courses.series.models import SessionKind
from courses.sessions.actions import cancel, move, schedule
from courses.sessions.models import Session
from courses.topics.models import Topic
from trainingsite.core.demo import Story
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
AHEAD_OF_TIME = 14 * DAY


@dataclass(frozen=True)
class Plan:
    """A session of the demo: days from the last day of the story, hour, minutes, where, for which team, how many."""

    days: int
    hour: int
    minutes: int
    title: str
    topic: str
    team: str
    people: int
    room: str = ""
    agenda: str = ""
    kind: SessionKind = SessionKind.CLASS
    expert: str = ""  # who of the instructors from outside gives it, instead of the company's own


EMOTION = "情绪识别\n呼吸与停顿\n案例复盘"
SALES = "开场与需求确认\n活动规则问答\n催付话术"
REVIEW = "数据：指标说了什么\n做得好的\n做得不好的\n措施：谁、何时、做什么"
COMPLAINTS = "倾听与复述\n方案与补偿\n结案回访"
LIN = "林静怡"
WORKSHOP, MEETING, TEAM = SessionKind.WORKSHOP, SessionKind.REVIEW, SessionKind.TEAM
PLANS = (
    Plan(-75, 10, 90, "情绪与压力管理（第三季度）", "emotion", "after-sale", 8, "培训室 A", EMOTION, WORKSHOP, LIN),
    Plan(-48, 15, 60, "退换货新规集中讲解", "platform", "after-sale", 6, "培训室 B"),
    Plan(-41, 10, 60, "大促前话术演练", "communication", "pre-sale", 6, "模拟坐席间", SALES, SessionKind.ROLEPLAY),
    Plan(-34, 15, 90, "投诉升级案例复盘会", "complaint", "after-sale", 7, "复盘室", REVIEW, MEETING),
    Plan(-27, 16, 45, "客服工作台快捷操作", "tools", "pre-sale", 5),
    Plan(-5, 10, 60, "双11服务复盘会", "complaint", "after-sale", 7, "复盘室", REVIEW, MEETING),
    Plan(2, 10, 60, "平台规则月度专题", "platform", "after-sale", 6, "培训室 B"),
    Plan(4, 15, 90, "投诉谈判工作坊", "complaint", "after-sale", 7, "培训室 A", COMPLAINTS, WORKSHOP, "周海峰"),
    Plan(9, 10, 60, "新品知识：冬季家电", "product", "pre-sale", 6, "培训室 A"),
    Plan(11, 19, 60, "一对一沟通技巧（线上）", "communication", "pre-sale", 5),
    Plan(13, 10, 90, "双12前话术演练", "communication", "after-sale", 7, "模拟坐席间", SALES, SessionKind.ROLEPLAY),
    Plan(25, 10, 120, "情绪与压力管理（第四季度）", "emotion", "after-sale", 8, "培训室 A", EMOTION, WORKSHOP, LIN),
    Plan(27, 15, 120, "团队拓展：客服接力赛", "communication", "after-sale", 10, "多功能厅", "热身\n接力\n分享", TEAM),
    Plan(31, 15, 60, "质检标准校准会", "complaint", "pre-sale", 6, "培训室 B"),
    Plan(37, 10, 60, "年度复盘与明年计划", "communication", "after-sale", 8, "复盘室", REVIEW, MEETING),
)  # fmt: skip


def tell(story: Story) -> None:
    hr, instructor = User.objects.get(username="hr"), User.objects.get(username="instructor")
    with silence():
        planned = [_planned(story, number, plan, hr, instructor) for number, plan in enumerate(PLANS)]
        coming = [session for session in planned if session and session.starts_at > moment(story.today, 23)]
        if len(coming) > 2:  # noqa: PLR2004 - one moved, one called off
            _moved(story, coming[2], hr)
            cancel(coming[-1], reason="与年会时间冲突", by=hr, at=moment(story.today, 10))


def _planned(story: Story, number: int, plan: Plan, hr: User, instructor: User) -> Session | None:
    day = _free(story.today + plan.days * DAY)
    at = min(day - AHEAD_OF_TIME, story.today)
    return _schedule(plan, moment(day, plan.hour), _people(story, number, plan, day), (hr, instructor), at)


def _free(day: date) -> date:
    """A day for training: no weekend, no blackout."""
    seasons = list(Season.objects.all())
    while day.weekday() > 4 or next_free(day, seasons) != day:  # noqa: PLR2004 - Saturday and Sunday
        day += DAY
    return day


def _people(story: Story, number: int, plan: Plan, day: date) -> set[int]:
    """So many of the team, others each time."""
    department = story.kept["department"][plan.team]
    team = User.objects.employed(day).in_department(department).exclude(username="instructor").order_by("pk")
    ids = list(team.values_list("pk", flat=True))
    return {ids[(number * 5 + step * 7) % len(ids)] for step in range(plan.people)}


def _schedule(plan: Plan, starts_at: datetime, people: set[int], staff: tuple[User, User], at: date) -> Session | None:
    """The planned session; None when the plan of the day leaves no room for it."""
    try:
        return schedule(
            title=plan.title,
            starts_at=starts_at,
            minutes=plan.minutes,
            kind=plan.kind,
            room=Room.objects.filter(name=plan.room).first(),
            join_url="" if plan.room else "https://meet.example.com/kefu",
            topic=Topic.objects.filter(slug__startswith=plan.topic).first(),
            agenda=plan.agenda,
            feedback="training_feedback",
            instructors=_teachers(plan, staff[1]),
            capacity=12,
            people_ids=people,
            by=staff[0],
            at=moment(at, 9),
            anyway=True,
        )
    except Refused:
        return None


def _teachers(plan: Plan, instructor: User) -> list[Instructor]:
    outside = list(Instructor.objects.filter(name=plan.expert, person=None)) if plan.expert else []
    return outside or Instructor.objects.of([instructor.pk])


def _moved(story: Story, session: Session, hr: User) -> None:
    """One of the coming sessions was moved today."""
    day = session.starts_at + DAY
    try:
        move(session, starts_at=day, by=hr, at=moment(story.today, 10), anyway=True)
    except Refused:
        return
