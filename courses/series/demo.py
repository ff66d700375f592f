"""The demo company's templates, and a weekly series of which one was called off."""

from datetime import date, time, timedelta

from courses.instructors.models import Instructor
from courses.rooms.models import Room
from courses.series.actions import Plan, Scope, cancel_of_series, plan_series
from courses.series.models import SessionKind
from courses.series.rhythm import DaysOff, Rhythm, arranged, days_of, rule_of
from courses.series.template_actions import save_template
from courses.topics.models import Topic
from trainingsite.core.demo import Story
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
WEEKS_BACK, TIMES, PEOPLE = 5, 12, 4
TEMPLATES = (
    (
        "投诉谈判工作坊",
        *(SessionKind.WORKSHOP, 90, "complaint", "培训室 A", "周海峰", 16, 6),
        "客户想要什么\n底线与空间\n两人一组练习\n我带走的一件事",
    ),
    (
        "月度专题培训",
        *(SessionKind.CLASS, 60, "platform", "培训室 B", "", 16, None),
        "规则变化\n典型案例\n随堂测试",
    ),
    (
        "服务复盘会",
        *(SessionKind.REVIEW, 60, "complaint", "复盘室", "", 12, 4),
        "数据：指标说了什么\n做得好的\n做得不好的\n措施：谁、何时、做什么",
    ),
)


def tell(story: Story) -> None:
    hr = User.objects.get(username="hr")
    for title, kind, minutes, topic, room, expert, capacity, minimum, agenda in TEMPLATES:
        save_template(
            None,
            title=title,
            kind=kind,
            minutes=minutes,
            topic=Topic.objects.filter(slug__startswith=topic).first(),
            room=Room.objects.get(name=room),
            instructors=Instructor.objects.filter(name=expert, person=None) if expert else [],
            capacity=capacity,
            minimum=minimum,
            agenda=agenda,
            by=hr,
        )
    with silence():
        _weekly(story, hr)


def _weekly(story: Story, hr: User) -> None:
    """Every Thursday morning the same few drill together; the last one does not take place."""
    first = story.today - WEEKS_BACK * 7 * DAY
    first += (3 - first.weekday()) % 7 * DAY
    at = moment(first - 14 * DAY, 9)
    rule = rule_of(Rhythm.WEEKLY, first, times=TIMES)
    days = [one.day for one in arranged(days_of(rule, first), DaysOff.SKIP) if one.day]
    try:
        series = plan_series(_plan(story, rule, first, days), by=hr, at=at, anyway=True)
    except Refused:  # the days of this story leave no room for it
        return
    last = series.sessions.order_by("-number")[0]
    cancel_of_series(last, Scope.ONE, reason="与部门年会同日", by=hr, at=moment(story.today, 10))


def _plan(story: Story, rule: str, first: date, days: list[date]) -> Plan:
    team = User.objects.employed(first).in_department(story.kept["department"]["pre-sale"])
    people = team.exclude(username="instructor").order_by("-pk").values_list("pk", flat=True)[:PEOPLE]
    topic = Topic.objects.filter(slug__startswith="communication").first()
    room = Room.objects.get(name="模拟坐席间")
    return Plan(
        title="晨间话术演练",
        rrule=rule,
        starts_on=first,
        at_time=time(9),
        minutes=30,
        days=days,
        instructors=[*Instructor.objects.of(User.objects.filter(username="instructor").values_list("pk", flat=True))],
        people_ids=frozenset(people),
        about={"kind": SessionKind.TEAM, "room": room, "topic": topic, "agenda": "热身\n两人一组演练\n一句话复盘"},
    )
