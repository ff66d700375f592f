from datetime import timedelta

import pytest

from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions
from trainingsite.core.jobs.models import Job, JobState


@pytest.fixture
def kind(monkeypatch):
    """`kind(work)` registers the work under the name "test"."""

    def register(work):
        monkeypatch.setitem(actions.JOB_KINDS._things, "test", work)

    return register


def make(hire):
    return Job.objects.create(kind="test", title="导入", owner=hire(), arguments={"n": 3})


def test_job_is_handed_to_a_worker_after_the_commit(hire, kind, monkeypatch, django_capture_on_commit_callbacks):
    kind(lambda _job: "")
    handed = []
    monkeypatch.setattr(actions, "wake", handed.append)
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.start("test", title="导入", owner=hire(), arguments={})
        assert handed == []

    assert handed == [job.pk]


def test_unknown_kind_fails_where_it_is_started(hire):
    with pytest.raises(KeyError):
        actions.start("nothing", title="", owner=hire(), arguments={})


def test_job_whose_message_was_lost_is_told_again(hire, monkeypatch):
    told = []
    monkeypatch.setattr(actions, "wake", told.append)
    job = make(hire)
    later = clock.now() + timedelta(minutes=2)

    assert [actions.wake_waiting(at=clock.now()), actions.wake_waiting(at=later), told] == [0, 1, [job.pk]]


def test_work_shows_progress_and_its_outcome(hire, kind):
    def work(job):
        actions.progress(job, 1, 3)
        return f"{Job.objects.get(pk=job.pk).percent} %"

    kind(work)
    job = make(hire)
    actions.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.summary, job.percent, job.is_over, job.problems) == (JobState.DONE, "33 %", 100, True, [])


def test_handed_over_twice_runs_once(hire, kind):
    runs = []
    kind(lambda job: runs.append(job.pk) or "")
    job = make(hire)
    actions.run(job.pk)
    actions.run(job.pk)

    assert runs == [job.pk]


def test_refusal_is_told_row_by_row(hire, kind):
    def work(_job):
        raise Refused("两行有误", rows=[(4, "department", "没有这个部门"), (9, "", "空行")])

    kind(work)
    job = make(hire)
    actions.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.summary, job.problems) == (JobState.FAILED, "两行有误", [[4, "没有这个部门"], [9, "空行"]])


def test_broken_work_ends_as_failed(hire, kind):
    def work(_job):
        raise ZeroDivisionError

    kind(work)
    job = make(hire)
    actions.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.ended_at is not None) == (JobState.FAILED, True)


@pytest.mark.parametrize(("state", "asks_again"), [(JobState.RUNNING, True), (JobState.DONE, False)])
def test_page_asks_again_until_the_work_is_over(as_, hire, state, asks_again):
    owner = hire()
    job = Job.objects.create(kind="test", title="导入", owner=owner, state=state, total=10, done=4)
    part = as_(owner).get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert (f'hx-get="/jobs/{job.pk}/"' in part, "<html" in part) == (asks_again, False)
