"""Sign-offs of the past are the rows that signing one by one makes."""

from datetime import timedelta

from mentoring.job_plans.history import SIGNED, Signed, record_signatures
from mentoring.job_plans.models import JobTask, Side, SignResult, TaskSignOff
from mentoring.job_plans.signing import sign
from tests.factories.job_plans import JobTaskFactory
from trainingsite.core import clock
from trainingsite.core.days import company_day

HOUR = timedelta(hours=1)


def rows_of(task, mentee, mentor, at):
    """Signed, "not yet", signed by both, and by the mentee once more."""
    return [
        Signed(task, Side.MENTEE, mentee, at),
        Signed(task, Side.MENTOR, mentor, at + HOUR, SignResult.NOT_YET, "再听一段"),
        Signed(task, Side.MENTEE, mentee, at + 2 * HOUR),
        Signed(task, Side.MENTOR, mentor, at + 3 * HOUR),
        Signed(task, Side.MENTEE, mentee, at + 4 * HOUR),
    ]


def facts(task):
    state = JobTask.objects.values_list(*SIGNED).get(pk=task.pk)
    return state, list(TaskSignOff.objects.filter(task=task).values_list("side", "result", "by", "at", "note"))


def test_history_leaves_what_signing_leaves(plan, mentee, mentor):
    one, other, at = JobTaskFactory(plan=plan), JobTaskFactory(plan=plan), clock.now() - timedelta(days=2)
    for row in rows_of(one, mentee, mentor, at):
        day = company_day(row.at)
        sign(one, side=row.side, by=row.by, at=row.at, on=day, result=row.result, note=row.note)

    record_signatures(rows_of(other, mentee, mentor, at)[::-1])

    assert facts(other) == facts(one)
    assert (facts(other)[0][2], len(facts(other)[1])) == (mentor.pk, 4)


def test_nothing_signed_keeps_nothing(plan):
    record_signatures([])

    assert not TaskSignOff.objects.exists()
