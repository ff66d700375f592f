from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from assessments.models import PointEntry
from mentoring.models import CheckIn, JobPlan, JobTask, MentorProfile
from tests.factories.mentoring import PairingFactory
from trainingsite.core import clock, days

TODAY = date(2026, 6, 16)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def english(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(days, "today", lambda: TODAY)
    with translation.override("en"):
        yield


@pytest.fixture
def guide(hire) -> Callable[..., object]:
    """`guide("李静", "王小明")`: an open pairing since 1 May with a plan; the mentor's own profile comes with it."""

    def make(mentor, mentee="王小明", **fields):
        mentor = hire(name=mentor) if isinstance(mentor, str) else mentor
        MentorProfile.objects.get_or_create(person=mentor, defaults={"capacity": 5})
        mentee = hire(name=mentee)
        plan = JobPlan.objects.create(
            mentee=mentee, title="新人在岗带教", weeks=8, started_on=MAY, ends_on=date(2026, 6, 25)
        )
        return PairingFactory(mentor=mentor, mentee=mentee, plan=plan, started_on=MAY, **fields)

    return make


def talk(pairing, on, minutes=30):
    return CheckIn.objects.create(pairing=pairing, due_on=on, held_on=on, note="旁听", progress=3, minutes=minutes)


def signed(pairing, on, minutes=45, *, mentor=None, text="旁听十通电话"):
    """A task that both signed on the day, by the pairing's mentor unless another one is named."""
    at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    return JobTask.objects.create(
        plan=pairing.plan, week=1, phase="observe", text=text, minutes=minutes, due_on=date(2026, 5, 7),
        mentee_signed_at=at, mentor_signed_at=at, mentor=mentor or pairing.mentor, done_on=on,
    )  # fmt: skip


def guided(pairing, on, points=60, **fields):
    """The points for having guided the mentee to the goal."""
    at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    return PointEntry.objects.create(
        person=pairing.mentor, event="guided", key=str(pairing.pk), title=pairing.mentee.name, points=points, at=at,
        recorded_at=at, **fields,
    )  # fmt: skip
