"""Celery as production runs it."""

import pytest
from django.conf import settings
from kombu.utils.url import parse_url

from trainingsite.celery import app


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert planned - set(app.tasks) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task_acks_late", True),
        ("task_reject_on_worker_lost", True),
        ("worker_prefetch_multiplier", 1),
        ("task_ignore_result", True),
        ("timezone", settings.TIME_ZONE),
    ],
)
def test_killed_worker_loses_no_job(name: str, value: object) -> None:
    assert getattr(app.conf, name) == value


def test_jobs_of_a_killed_worker_come_back_soon_and_not_while_another_runs_them() -> None:
    options = app.conf.broker_transport_options
    assert options["unacked_restore_interval"] == options["unacked_restore_throttle"] == 1
    assert app.conf.task_time_limit < options["visibility_timeout"] <= 900


def test_broker_is_the_configured_redis() -> None:
    assert parse_url(app.conf.broker_url)["transport"] == "redis"
