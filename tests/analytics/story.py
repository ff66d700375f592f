"""A believable year of a small customer-service centre, ending today: what browser tests and screenshots look at."""

from datetime import UTC, datetime, timedelta
from random import Random

from analytics.readings.actions import record_readings
from analytics.rollups.actions import refresh
from courses.models import Enrolment
from tests.factories.analytics import attempt, row
from tests.factories.courses import CourseFactory, TopicFactory
from tests.factories.people import PersonFactory, PositionFactory
from trainingsite.core import clock

TOPICS = ("平台规则", "产品知识", "沟通技巧", "投诉处理", "工具使用")
NAMES = [
    "王芳",
    "李娜",
    "张敏",
    "刘洋",
    "陈静",
    "杨帆",
    "赵磊",
    "黄婷",
    "周杰",
    "吴倩",
    "徐浩",
    "孙悦",
    "马超",
    "朱琳",
    "胡斌",
    "郭雪",
    "何川",
    "高洁",
    "林涛",
    "罗丹",
]


def tell(company, *, people=20, months=13, seed=7):
    """Agents of both departments, a course a month that is tested, readings that a training improves; returns them."""
    rng, today = Random(seed), clock.today()
    position = PositionFactory()
    places = [company["disputes"], company["disputes"], company["sales"], company["care"]]
    agents = [
        PersonFactory(
            name=NAMES[n % len(NAMES)], username=f"story{n}", department=places[n % len(places)], position=position
        )
        for n in range(people)
    ]
    courses = [
        CourseFactory(topic=TopicFactory(title=title, position=n), title=f"{title}精讲")
        for n, title in enumerate(TOPICS)
    ]
    trained = _train(rng, agents, courses, today, months)
    _measure(rng, agents, trained, today, months)
    refresh(at=clock.now())
    return agents


def _train(rng, agents, courses, today, months):
    """Every third month all learn a course and take its quiz; some late, the last one by a few not at all."""
    trained = []
    for n, ago in enumerate(range(months * 30 - 20, 20, -60)):
        start = today - timedelta(ago)
        course = courses[n % len(courses)]
        for agent in agents:
            late = ago < 90 and rng.random() < 0.25
            done = None if late else _at(start + timedelta(rng.randint(1, 16)))
            enrolment = Enrolment.objects.create(
                person=agent, course=course, assigned_on=start, due_on=start + timedelta(14), completed_at=done
            )
            if done:
                score = min(100, max(45, round(rng.gauss(86, 9))))
                attempt(enrolment, score, at=done)
                if score < 80 and rng.random() < 0.8:
                    attempt(enrolment, rng.randint(82, 96), at=done + timedelta(hours=2), number=2)
        trained.append(start + timedelta(8))
    return trained


def _measure(rng, agents, trained, today, months):
    rows = []
    for ago in range(months * 30, 0, -3):
        day = today - timedelta(ago)
        better = sum(1 for moment in trained if moment < day)
        for agent in agents:
            talks = rng.randint(30, 60)
            seconds = round(talks * max(18, rng.gauss(44 - 2.2 * better, 5)))
            rows += [
                row(agent, metric="first-response-time", day=day, numerator=str(seconds), denominator=str(talks)),
                row(agent, day=day, numerator=str(_share(rng, talks, 0.84 + 0.012 * better)), denominator=str(talks)),
                row(
                    agent,
                    metric="complaint-rate",
                    day=day,
                    numerator=str(_share(rng, talks, 0.045 - 0.003 * better)),
                    denominator=str(talks),
                ),
            ]
    record_readings(rows, source="crm")


def _share(rng, cases, rate):
    return sum(rng.random() < rate for _ in range(cases))


def _at(day):
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)
