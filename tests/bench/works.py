"""What workers do for thousands of people, each taken back afterwards: seconds, and how the cost grows."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from courses.audiences.actions import save_audience
from courses.audiences.members import refresh, watch
from courses.curriculum.actions import add_unit, create_course
from courses.curriculum.versions import publish_version
from courses.enrolment.actions import enrol_many
from courses.models import Course, Topic
from courses.programmes.assigning import Terms, assign_at_once
from courses.programmes.blueprints import build
from courses.programmes.due import Due
from courses.programmes.models import DueRule
from trainingsite.core import clock
from trainingsite.people.models import Department, User
from trainingsite.people.staff.names import search_key, sort_key

ITEMS, RULES = 20, 50
FEW, MANY = 1_000, 100_000
BATCH = 5_000


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def measure() -> None:
    """Print what each work took, beside its goal."""
    print(f"{'':58}{'seconds':>9}{'goal':>9}")
    with taken_back():
        _print(f"a programme of {ITEMS} courses to 10,000 people", _seconds(_assign), "< 20")
    with taken_back():
        _print(f"10,000 people against {RULES} rules, for the first time", _seconds(_watch_all), "< 60")
        _print("the same at night, when nothing has changed", _seconds(lambda: refresh(at=clock.now())), "< 60")
    with taken_back():
        _print(f"one enrolment among {MANY:,} as a multiple of one among {FEW:,}", _growth(), "< 1.5")


def _print(what: str, number: float, goal: str) -> None:
    print(f"{what:58}{number:>9.2f}{goal:>9}")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _course(number: int) -> Course:
    course = create_course(topic=Topic.objects.order_by("pk")[0], title=f"测量用课程 {number}")
    add_unit(course, kind="article", title="正文", body="先看订单，再回答客户。")
    publish_version(course, by=None, at=clock.now())
    course.refresh_from_db()
    return course


def _assign() -> None:
    items = [{"kind": "course", "course": _course(number).code} for number in range(ITEMS)]
    stages = [{"title": "全部", "days": [1, 90], "items": items}]
    programme = build(title="测量用方案", stages=stages, by=None, at=clock.now())
    today = clock.today()
    terms = Terms(Due(DueRule.FIXED, on=today + timedelta(days=95)))
    everybody = save_audience("", [], owner=None)
    hr = User.objects.get(username="hr")
    assign_at_once(programme, everybody, by=hr, on=today, terms=terms, token=uuid4())


def _watch_all() -> None:
    places = list(Department.objects.order_by("pk").values_list("pk", flat=True))
    for number in range(RULES):
        hired = {"kind": "hired_within", "value": 30 * (number + 1)}
        place = {"kind": "department", "value": [places[number % len(places)]]}
        watch(save_audience(f"测量用人群 {number}", {"any": [hired, place]}, owner=None), at=clock.now())


def _growth() -> float:
    """CPU and database time of an enrolment in the crowd, divided by that of one in a small group."""
    people = _crowd()
    courses = [_course(number) for number in range(6)]
    few = min(_seconds(lambda course=course: _enrol(people[:FEW], course)) for course in courses[:5])
    many = _seconds(lambda: _enrol(people, courses[5]))
    return (many / MANY) / (few / FEW)


def _enrol(people: list[int], course: Course) -> None:
    for start in range(0, len(people), BATCH):
        enrol_many(people[start : start + BATCH], course, on=clock.today(), tell=False)


def _crowd() -> list[int]:
    name = "张伟"
    keys = {"sort_key": sort_key(name), "search_key": search_key(name, None, "crowd")}
    crowd = [User(username=f"crowd-{number}", name=name, **keys) for number in range(MANY)]
    return [person.pk for person in User.objects.bulk_create(crowd, batch_size=BATCH)]
