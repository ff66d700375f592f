"""Three beats at once, on real workers that are killed meanwhile: every reminder is written once, and none is lost."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from courses.models import Enrolment, Occurrence
from courses.refreshers.actions import beat, remind_due
from tests.factories.courses import RefresherFactory
from trainingsite.celery import app
from trainingsite.core import clock
from trainingsite.notices.models import Notice, Outgoing
from trainingsite.people.models import User

PEOPLE = 10_000
PATIENCE = 120
TASK = "courses.refreshers.tasks.remind_due"
DAY = timedelta(days=1)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Workers:
    """Real Celery workers, each a process of its own, that take tasks from one queue."""

    def __init__(self):
        self.queue = f"test-{uuid4()}"  # other tests share the Redis
        self.running = []

    def start(self):
        command = [sys.executable, "-m", "celery", "-A", "trainingsite", "worker", "--pool", "solo", "-Q", self.queue]
        told = {"DJANGO_SETTINGS_MODULE": "tests.real_settings", "TEST_DATABASE": connection.settings_dict["NAME"]}
        told |= {"VAR_DIR": str(settings.VAR_DIR)}
        quiet = [*command, "--loglevel", "error", "--without-gossip", "--without-mingle", "-n", f"{uuid4()}@test"]
        self.running.append(subprocess.Popen(quiet, env={**os.environ, **told}, start_new_session=True))

    def kill(self):
        """The one that was started first, without a farewell."""
        process = self.running.pop(0)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def send(self):
        app.send_task(TASK, queue=self.queue)


@pytest.fixture
def workers():
    found = Workers()
    for _number in range(3):
        found.start()
    yield found
    while found.running:
        found.kill()


def until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def writing():
    """Whether somebody writes notices just now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND query ILIKE 'INSERT INTO \"notices_notice\"%%' AND state <> 'idle'"
        )
        return cursor.fetchone()[0] > 0


@pytest.fixture
def run(course):
    """A run that everybody of the company has open and that is due in three days."""
    people = [User(username=f"crowd-{number}", name="客服", email=f"{number}@example.com") for number in range(PEOPLE)]
    User.objects.bulk_create(people, batch_size=5000)
    begin = clock.today() - 11 * DAY
    RefresherFactory(course=course, starts_on=begin, days_to_complete=14, reminders=[3])
    beat(at=clock.now() - 11 * DAY)
    assert Enrolment.objects.filter(occurrence__isnull=False).count() == PEOPLE
    return Occurrence.objects.ran().get()


def test_each_reminder_is_written_once_though_workers_are_killed(run, workers):
    reminders = Notice.objects.filter(kind="refresher_due")
    for _beat in range(3):
        workers.send()
    for _killed in range(2):
        until(lambda: writing() or reminders.exists())
        workers.kill()
        workers.start()
        workers.send()
    for _beat in range(3):
        workers.send()

    until(lambda: reminders.count() == PEOPLE)
    time.sleep(1)

    assert remind_due(at=clock.now()) == 0
    assert (reminders.count(), reminders.values("person").distinct().count()) == (PEOPLE, PEOPLE)
    assert Outgoing.objects.filter(notice__kind="refresher_due").count() == PEOPLE
    run.refresh_from_db()
    assert run.reminded == 3
