"""The clock's tasks on a real worker that takes them from the embedded Redis."""

from datetime import timedelta
from time import monotonic, sleep
from uuid import uuid4

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings

from courses.models import Enrolment
from tests.factories.courses import EnrolmentFactory, RefresherFactory
from trainingsite.celery import app
from trainingsite.core import clock
from trainingsite.notices.models import Notice

TASKS = (
    "courses.enrolment.tasks.mark_overdue",
    "courses.enrolment.tasks.send_reminders",
    "courses.refreshers.tasks.open_due",
    "courses.refreshers.tasks.remind_due",
    "courses.audiences.tasks.refresh_members",
    "courses.seats.tasks.look_after_seats",
    "courses.session_papers.tasks.ask_feedback",
    "courses.programmes.tasks.settle_programmes",
)


def test_beat_names_tasks_that_celery_finds():
    app.loader.import_default_modules()
    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"].startswith("courses.")}

    assert wanted == set(TASKS)
    assert wanted <= set(app.tasks)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_worker_opens_refreshers_marks_what_is_late_and_reminds(course):
    today = clock.today()
    late = EnrolmentFactory(due_on=today - timedelta(days=1), assigned_on=today - timedelta(days=9))
    RefresherFactory(course=course, starts_on=today)

    queue = f"test-{uuid4()}"  # other tests share the Redis
    with start_worker(app, perform_ping_check=False, pool="solo", queues=[queue], shutdown_timeout=30):
        for name in TASKS:
            app.send_task(name, queue=queue)
        wait_until(Notice.objects.filter(kind="overdue").exists)
        wait_until(Notice.objects.filter(kind="refresher").exists)
        wait_until(Enrolment.objects.filter(overdue_since__isnull=False).exists)

    late.refresh_from_db()
    assert late.overdue_since == today
    assert Enrolment.objects.filter(occurrence__on=today).count() == 1
    assert list(Notice.objects.order_by("kind").values_list("kind", flat=True)) == ["overdue", "refresher"]


def wait_until(done, seconds=20):
    end = monotonic() + seconds
    while not done():
        assert monotonic() < end, "the worker did not do it in time"
        sleep(0.1)
