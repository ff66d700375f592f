"""Health against the real Redis and the real database; what is away is a port where nothing listens."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.db.utils import ConnectionHandler
from django.test import Client

from trainingsite.core.health import checks, heartbeats

ALL_OK = {"web": "ok", "database": "ok", "redis": "ok", "worker": "ok", "beat": "ok"}


@pytest.fixture(autouse=True)
def beats(monkeypatch: pytest.MonkeyPatch, worker_id: str) -> Iterator[str]:
    """Signs of life of this test alone."""
    key = f"test:heartbeats:{worker_id}"
    monkeypatch.setattr(heartbeats, "KEY", key)
    yield key
    heartbeats._client_of.cache_clear()
    monkeypatch.undo()
    heartbeats.client().delete(key)


def ready(client: Client) -> tuple[int, object]:
    response = client.get("/health/ready")
    return response.status_code, response.json()


def test_live_needs_neither_database_nor_login(client: Client) -> None:
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_every_part_lives(client: Client) -> None:
    heartbeats.beat_of("worker")
    heartbeats.beat_of("beat")
    assert ready(client) == (200, {"status": "ok", "parts": ALL_OK})


@pytest.mark.django_db
@pytest.mark.parametrize(("alive", "missing"), [("worker", "beat"), ("beat", "worker")])
def test_silent_part_is_named(client: Client, alive: str, missing: str) -> None:
    heartbeats.beat_of(alive)
    assert ready(client) == (503, {"status": "incomplete", "parts": ALL_OK | {missing: "missing"}})


@pytest.mark.django_db
def test_part_silent_for_too_long_is_missing(client: Client, beats: str) -> None:
    heartbeats.beat_of("worker")
    heartbeats.client().zadd(beats, {"beat:elsewhere:1": heartbeats._now() - heartbeats.LASTS_S})
    assert ready(client)[1] == {"status": "incomplete", "parts": ALL_OK | {"beat": "missing"}}


@pytest.mark.django_db
def test_farewell_counts_at_once_but_only_for_the_one_that_left(client: Client, beats: str) -> None:
    heartbeats.beat_of("worker")
    heartbeats.beat_of("beat")
    heartbeats.client().zadd(beats, {"worker:elsewhere:1": heartbeats._now()})
    heartbeats.farewell_of("worker")
    heartbeats.farewell_of("beat")
    assert ready(client)[1] == {"status": "incomplete", "parts": ALL_OK | {"beat": "missing"}}


@pytest.mark.django_db
def test_long_silent_hosts_are_forgotten(beats: str) -> None:
    heartbeats.client().zadd(beats, {"worker:gone:1": heartbeats._now() - 3600})
    heartbeats.beat_of("worker")
    assert heartbeats.client().zcard(beats) == 1


@pytest.mark.django_db
def test_ready_without_redis_says_so(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    away = {"redis": "missing", "worker": "missing", "beat": "missing"}
    assert ready(client) == (503, {"status": "incomplete", "parts": ALL_OK | away})


@pytest.mark.django_db
def test_ready_without_a_database_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    away = {"default": live_settings.DATABASES["default"] | {"HOST": "127.0.0.1", "PORT": 1}}
    monkeypatch.setattr(checks, "connection", ConnectionHandler(away)["default"])
    heartbeats.beat_of("worker")
    heartbeats.beat_of("beat")
    assert ready(client) == (503, {"status": "incomplete", "parts": ALL_OK | {"database": "missing"}})


@pytest.mark.django_db
def test_ready_takes_one_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        client.get("/health/ready")


@pytest.mark.django_db
def test_health_is_never_cached_and_changes_nothing(client: Client) -> None:
    assert "no-store" in client.get("/health/ready")["Cache-Control"]
    assert client.post("/health/ready").status_code == 405
