"""HR and supervisors take back what nobody else can; it is kept who, whose and why."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.models import Evidence
from mentoring.job_plans.models import JobTask, Side
from mentoring.job_plans.signing import sign
from mentoring.job_plans.withdrawing import withdraw
from tests.factories.courses import CompetencyFactory
from tests.factories.job_plans import JobTaskFactory
from tests.factories.mentoring import PairingFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

DAY = timedelta(days=1)
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR


@pytest.fixture
def done(plan, mentee, mentor, today):
    """A task that both have signed, and that shows a competency."""
    task = JobTaskFactory(plan=plan, text="旁听十段会话", competency=CompetencyFactory())
    sign(task, side=MENTEE, by=mentee, at=clock.now(), on=today)
    return sign(task, side=MENTOR, by=mentor, at=clock.now(), on=today)


@pytest.fixture
def successor(plan, mentee, today):
    """`successor()`: another mentor guides from now on."""

    def come():
        plan.pairings.update(ended_on=today, end_reason="changed")
        return PairingFactory(mentee=mentee, plan=plan, started_on=today + DAY).mentor

    return come


@pytest.fixture
def supervisor(hire):
    return hire(Role.SUPERVISOR, department="care", name="赵主管")


def undo(task, by, side=MENTOR, reason=" 签错任务 "):
    return withdraw(task, side=side, by=by, reason=reason, at=clock.now())


def signed(task):
    found = JobTask.objects.get(pk=task.pk)
    return found.mentee_signed_at is not None, found.mentor_signed_at is not None, found.mentor, found.done_on


def told():
    return set(Notice.objects.filter(kind="job_task_withdrawn").values_list("person", flat=True))


def refused(*args, **kwargs):
    with pytest.raises(Refused) as refusal:
        undo(*args, **kwargs)
    return refusal.value.code


def test_signature_of_a_former_mentor_is_taken_back_and_the_next_one_signs(done, successor, mentee, mentor, hr, today):
    new = successor()
    undo(done, hr)

    assert signed(done) == (True, False, None, None)
    last = done.sign_offs.last()
    assert (last.side, last.result, last.by, last.note) == ("mentor", "undone", hr, "签错任务")
    assert not Evidence.objects.standing().filter(person=mentee).exists()
    assert told() == {mentee.pk, mentor.pk, new.pk}
    sign(done, side=MENTOR, by=new, at=clock.now(), on=today + DAY)
    assert signed(done) == (True, True, new, today + DAY)


def test_signature_of_the_mentee_is_taken_back_under_that_of_the_mentor(done, mentor, supervisor):
    undo(done, supervisor, MENTEE)

    assert signed(done) == (False, True, mentor, None)


def test_it_is_taken_back_while_nobody_guides(done, plan, hr, today):
    plan.pairings.update(ended_on=today, end_reason="other")
    undo(done, hr)

    assert signed(done)[1] is False


def test_repeat_changes_nothing(done, hr):
    for _time in range(2):
        undo(done, hr)

    assert done.sign_offs.filter(result="undone").count() == 1


def test_reason_is_needed(done, hr):
    assert refused(done, hr, reason="  ") == "reason_missing"


def test_others_do_not(done, hire, mentor, mentee):
    assert [refused(done, person) for person in (mentor, mentee, hire(Role.AUDITOR))] == ["not_yours"] * 3


def test_hr_does_not_in_the_own_plan(done, mentee):
    RoleGrant.objects.create(user=mentee, role=Role.HR)

    assert refused(done, type(mentee).objects.get(pk=mentee.pk), side=MENTEE) == "not_yours"


def test_what_was_signed_in_an_ended_plan_stays(done, plan, hr, today):
    plan.ended_on, plan.outcome = today, "graduated"
    plan.save()

    assert refused(done, hr) == "plan_ended"


def test_supervisor_takes_back_on_the_page_and_all_read_why(as_, done, plan, supervisor, mentee):
    client, url = as_(supervisor), reverse("job-task-withdraw", args=[done.pk])
    assert url in client.get(reverse("job-plan", args=[plan.pk])).content.decode()
    form = client.get(url).context["form"]
    assert form.fields["side"].choices == [("mentor", "导师 · 李静"), ("mentee", "学员 · 王小明")]

    response = client.post(url, {"side": "mentor", "reason": "签错任务"})

    assert response["Location"] == f"/mentoring/plans/{plan.pk}/#task-{done.pk}"
    assert signed(done)[1] is False
    page = as_(mentee).get(reverse("my-job-plan"))
    (row,) = page.context["sheet"].rows
    assert (row.word.note, row.word.by, row.may_withdraw) == ("签错任务", supervisor, False)
    assert url not in page.content.decode()


@pytest.mark.parametrize("data", [{"side": "mentor"}, {"reason": "签错任务"}, {"side": "nobody", "reason": "签错任务"}])
def test_page_says_what_is_missing(as_, done, hr, data):
    response = as_(hr).post(reverse("job-task-withdraw", args=[done.pk]), data)

    assert (response.status_code, signed(done)[1]) == (422, True)


def test_page_of_an_unsigned_task_has_nothing_to_take_back(as_, task, hr):
    response = as_(hr).get(reverse("job-task-withdraw", args=[task.pk]))

    assert "没有可撤回的签核" in response.content.decode()


def test_page_of_an_ended_plan_says_so(as_, done, plan, hr, today):
    plan.ended_on, plan.outcome = today, "graduated"
    plan.save()
    client, url = as_(hr), reverse("job-task-withdraw", args=[done.pk])

    assert '<form method="post" action=""' not in client.get(url).content.decode()
    assert client.post(url, {"side": "mentor", "reason": "签错"}).status_code == 422
