"""What notices say, and where they lead."""

import pytest

from mentoring.job_plans.models import Side, SignResult
from mentoring.job_plans.signing import sign
from mentoring.job_plans.withdrawing import withdraw
from trainingsite.core import clock
from trainingsite.notices.kinds import words
from trainingsite.notices.models import Notice


@pytest.fixture
def notice(plan, task, today):
    def notice(by, side, **changes):
        """The notice that a signature causes."""
        sign(task, side=side, by=by, at=clock.now(), on=today, **changes)
        return Notice.objects.get()

    return notice


def said(notice):
    subject, body, _icon = words(notice.kind, notice.facts)
    return subject, body


def test_waiting_task_leads_the_mentor_to_it(notice, plan, task, mentee, mentor):
    found = notice(mentee, Side.MENTEE)

    assert (found.person, found.url) == (mentor, f"/mentoring/plans/{plan.pk}/#task-{task.pk}")
    assert said(found) == ("王小明有任务待签核", "旁听十段会话")


def test_not_yet_says_who_and_why(notice, plan, task, mentee, mentor):
    found = notice(mentor, Side.MENTOR, result=SignResult.NOT_YET, note="再练一次")

    assert (found.person, found.url) == (mentee, f"/mentoring/plans/{plan.pk}/#task-{task.pk}")
    assert said(found) == ("暂未通过：旁听十段会话", "李静：再练一次")


def test_words_that_a_text_brings_along_are_kept_as_they_are(notice, mentor):
    found = notice(mentor, Side.MENTOR, result=SignResult.NOT_YET, note="满意度 100%(s) <b>")

    assert said(found)[1] == "李静：满意度 100%(s) <b>"


def test_nobody_is_told_when_the_mentor_signs(notice, task, mentor, today):
    sign(task, side=Side.MENTOR, by=mentor, at=clock.now(), on=today)

    assert Notice.objects.count() == 0


def test_withdrawn_signature_says_whose_task_who_and_why(plan, task, mentee, hr, today):
    sign(task, side=Side.MENTEE, by=mentee, at=clock.now(), on=today)
    Notice.objects.all().delete()
    withdraw(task, side=Side.MENTEE, by=hr, reason="签错任务", at=clock.now())

    found = Notice.objects.get(person=mentee)
    assert found.url == f"/mentoring/plans/{plan.pk}/#task-{task.pk}"
    assert said(found) == ("签核已撤回（王小明）：旁听十段会话", "陈人力：签错任务")
