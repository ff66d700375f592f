"""What a refresher for 10,000 people costs a worker: opening it, and deciding and queueing the reminders."""

from datetime import timedelta

from courses.audiences.actions import save_audience
from courses.models import Course, Enrolment
from courses.refreshers.actions import Rule, beat, escalate_due, remind_due, save_rule
from tests.bench.works import _course, _print, _seconds, taken_back
from trainingsite.core import clock
from trainingsite.notices.models import Notice

DAY = timedelta(days=1)
RULES = 100


def measure_refreshers() -> None:
    """Print what each work took, beside its goal."""
    at = clock.now()
    with taken_back():
        _rule(_course(0), "FREQ=MONTHLY")
        _print("opening a refresher for 10,000 people", _seconds(lambda: beat(at=at)), "< 10")
        people = Enrolment.objects.filter(occurrence__isnull=False).count()
        later = at + 7 * DAY
        _print(f"{people:,} reminders decided and queued", _seconds(lambda: remind_due(at=later)), "< 20")
        assert Notice.objects.filter(kind="refresher_due").count() == people
        _print("the same again, when all are told", _seconds(lambda: remind_due(at=later)), "< 1")
        _print("telling their supervisors", _seconds(lambda: escalate_due(at=at + 17 * DAY)), "< 20")
    with taken_back():
        course = _course(1)
        for number in range(RULES):
            _rule(course, f"FREQ=WEEKLY;INTERVAL={number % 4 + 1}", starts_in=1)
        _print(f"a beat of {RULES} rules with nothing to do", _seconds(lambda: beat(at=at)), "< 1")


def _rule(course: Course, rrule: str, *, starts_in: int = 0) -> None:
    at = clock.now()
    rule = Rule(
        what="course",
        course=course,
        audience=save_audience("", [], owner=None),
        rrule=rrule,
        starts_on=clock.today() + starts_in * DAY,
        escalate_days=1,
    )
    save_rule(None, rule, by=None, at=at)
