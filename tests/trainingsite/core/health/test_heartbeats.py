"""Who beats: a worker by Celery's signal, beat by its scheduler; and who listens: the containers' probe."""

import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery.signals import heartbeat_sent, worker_shutdown
from django.conf import settings as live_settings
from django_celery_beat import schedulers

from trainingsite.celery import app
from trainingsite.core.health import heartbeats
from trainingsite.core.health.scheduler import LivingScheduler

PROBE = Path(__file__).resolve().parents[4] / "deploy" / "probe.py"
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _own_beats(monkeypatch: pytest.MonkeyPatch, worker_id: str) -> Iterator[None]:
    monkeypatch.setattr(heartbeats, "KEY", f"test:beats:{worker_id}")
    yield
    heartbeats.client().delete(f"test:beats:{worker_id}")


def test_worker_beats_and_says_farewell() -> None:
    heartbeat_sent.send(sender=None)
    assert heartbeats.living() == {"worker"}
    worker_shutdown.send(sender=None)
    assert heartbeats.living() == set()


def test_worker_survives_a_redis_that_is_away(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.REDIS_URL = NOWHERE
    heartbeat_sent.send(sender=None)
    worker_shutdown.send(sender=None)
    said = [record.getMessage().partition(":")[0] for record in caplog.records]
    assert said == ["No sign of life written", "No farewell written"]


@pytest.fixture
def scheduler(db: None, monkeypatch: pytest.MonkeyPatch) -> LivingScheduler:
    """Beat's scheduler, which must not close the connection of the test's transaction."""
    monkeypatch.setattr(schedulers, "close_old_connections", lambda: None)
    return LivingScheduler(app=app, lazy=True)


def test_beat_lives_from_tick_to_close(scheduler: LivingScheduler) -> None:
    assert 0 < scheduler.tick() <= 5
    assert heartbeats.living() == {"beat"}
    scheduler.close()
    assert heartbeats.living() == set()


def test_beat_survives_a_redis_that_is_away(scheduler: LivingScheduler, settings: Any) -> None:
    settings.REDIS_URL = NOWHERE
    assert scheduler.tick() > 0
    scheduler.close()


def probe(part: str) -> int:
    environ = {**os.environ, "REDIS_URL": live_settings.REDIS_URL}
    return subprocess.run([sys.executable, str(PROBE), part], env=environ, check=False, capture_output=True).returncode


def test_probe_finds_the_parts_of_its_own_host(monkeypatch: pytest.MonkeyPatch) -> None:
    names = runpy.run_path(str(PROBE))
    monkeypatch.setattr(heartbeats, "KEY", names["KEY"])
    assert names["LASTS_S"] == heartbeats.LASTS_S
    heartbeats.farewell_of("worker")
    assert probe("worker") == 1
    heartbeats.beat_of("worker")
    assert (probe("worker"), probe("beat")) == (0, 1)
    heartbeats.farewell_of("worker")
