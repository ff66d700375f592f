from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from mentoring.guidance.models import GuidanceRule
from mentoring.models import CheckIn, Evaluation, JobPlan, MentorProfile, Pairing
from tests.factories.mentoring import PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

MONDAY = date(2026, 6, 1)
TODAY = date(2026, 6, 16)  # Tuesday of the third week
AGREED = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
RULE = GuidanceRule(pk=1)


def make_plan(mentee, *, started_on=MONDAY, weeks=4, tasks=(), **fields):
    """A plan of `weeks`; `tasks` are (week, how many), required ones that nobody has signed."""
    ends_on = started_on + weeks * 7 * DAY - DAY
    plan = JobPlan.objects.create(
        mentee=mentee, title="新人在岗带教", weeks=weeks, started_on=started_on, ends_on=ends_on, **fields
    )
    for week, number in tasks:
        for n in range(number):
            plan.tasks.create(
                week=week, position=n, phase="observe", text=f"任务{week}-{n}", due_on=started_on + (week * 7 - 1) * DAY
            )
    return plan


def sign(task, mentor, *, on):
    """Both have signed on the day."""
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    task.mentee_signed_at = task.mentor_signed_at = at
    task.mentor, task.done_on = mentor, on
    task.save()


def hold(pairing, *, on, progress=3, minutes=None):
    return CheckIn.objects.create(
        pairing=pairing, due_on=on, held_on=on, note="旁听", progress=progress, minutes=minutes
    )


def evaluate(pairing, moment, side):
    by = getattr(pairing, side)
    return Evaluation.objects.create(pairing=pairing, moment=moment, side=side, by=by, at=AGREED, stars=4)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def couple(db: None) -> Callable[..., Pairing]:
    """`couple()`: a pair on track: agreed, a check-in planned for tomorrow, half-time evaluated, a plan without tasks.

    `due` is the day of the planned check-in (None: nothing planned), `tasks` those of the plan.
    """

    def make(*, due=TODAY + DAY, tasks=(), mentor=None, mentee=None, agreed=True, half=True, **fields):
        mentor = mentor or PersonFactory(name="李静")
        mentee = mentee or PersonFactory(name="王小明")
        MentorProfile.objects.get_or_create(person=mentor, defaults={"capacity": 10})
        RoleGrant.objects.get_or_create(user=mentor, role=Role.MENTOR)
        begin = fields.pop("started_on", MONDAY)
        if "plan" not in fields:
            fields["plan"] = make_plan(mentee, started_on=begin, tasks=tasks)
        both = {"mentor_agreed_at": AGREED, "mentee_agreed_at": AGREED} if agreed else {}
        pairing = PairingFactory(mentor=mentor, mentee=mentee, started_on=begin, **both, **fields)
        if due:
            CheckIn.objects.create(pairing=pairing, due_on=due)
        for side in ("mentor", "mentee") if half else ():
            evaluate(pairing, "half", side)
        return pairing

    return make


@pytest.fixture
def supervisor(hire):
    return hire(Role.SUPERVISOR, department="care", name="赵主管", locale="en")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="孙人力", locale="en")
