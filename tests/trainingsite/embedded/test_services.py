"""Real servers, started and stopped in earnest; each takes a fraction of a second."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.trainingsite.embedded.conftest import Ask
from trainingsite.embedded import postgres_server, redis_server
from trainingsite.embedded.services import Services, ensure, stop
from trainingsite.embedded.state import EmbeddedError, State

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
ENSURE = (
    "import sys, json, dataclasses; from pathlib import Path; from trainingsite.embedded.services import ensure;"
    "print(json.dumps(dataclasses.asdict(ensure(Path(sys.argv[1]), durable=False))))"
)


def ping(services: Services) -> bool:
    with closing(redis.Redis.from_url(services.redis_url)) as client:
        return bool(client.ping())


def running(var_dir: Path) -> tuple[bool, bool]:
    state = State.load(var_dir)
    return postgres_server.is_running(var_dir, state), redis_server.is_running(var_dir, state)


def test_ensure_gives_a_database_with_a_fixed_locale_and_a_redis(var_dir: Path, ask: Ask) -> None:
    services = ensure(var_dir, durable=False)
    locale = "SELECT concat_ws(' ', datlocprovider, datlocale, pg_encoding_to_char(encoding)) FROM pg_database"
    assert ask(services.database_url, f"{locale} WHERE datname = 'kefu'") == "b C.UTF-8 UTF8"
    assert ping(services)
    assert services.started == ("postgres", "redis")


def test_application_role_may_not_make_tables(var_dir: Path, ask: Ask) -> None:
    services = ensure(var_dir, durable=False)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(services.database_url, "CREATE TABLE stray (id int)")


def test_owner_owns_the_database_and_may_make_test_databases(var_dir: Path, ask: Ask) -> None:
    services = ensure(var_dir, durable=False)
    ask(services.owner_url, "CREATE TABLE mine (id int)")
    ask(services.owner_url, "CREATE DATABASE test_kefu")
    superuser = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    assert ask(services.owner_url, superuser) is False


def test_ensure_twice_starts_once(var_dir: Path) -> None:
    first = ensure(var_dir, durable=False)
    second = ensure(var_dir, durable=False)
    assert second.started == ()
    assert second.environ() == first.environ()


def test_two_processes_at_once_share_the_same_servers(var_dir: Path) -> None:
    command = [sys.executable, "-c", ENSURE, str(var_dir)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(2)]
    first, second = [json.loads(process.communicate(timeout=60)[0]) for process in both]
    assert sorted([first.pop("started"), second.pop("started")]) == [[], ["postgres", "redis"]]
    assert first == second


def test_two_var_dirs_run_side_by_side(var_dir: Path, tmp_path: Path) -> None:
    other_dir = tmp_path / "other"
    one, other = ensure(var_dir, durable=False), ensure(other_dir, durable=False)
    try:
        assert urlsplit(one.database_url).port != urlsplit(other.database_url).port
        assert urlsplit(one.redis_url).port != urlsplit(other.redis_url).port
    finally:
        stop(other_dir)


def test_data_outlives_a_stop_and_a_kill(var_dir: Path, ask: Ask) -> None:
    services = ensure(var_dir)
    ask(services.owner_url, "CREATE TABLE kept AS SELECT 7 AS seven")
    stop(var_dir)
    assert running(var_dir) == (False, False)
    assert ensure(var_dir).started == ("postgres", "redis")
    os.kill(int((var_dir / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    os.kill(int((var_dir / "redis" / "redis.pid").read_text()), signal.SIGKILL)
    services = ensure(var_dir)
    assert ask(services.owner_url, "SELECT seven FROM kept") == 7
    assert ping(services)


def test_redis_keeps_its_keys_over_a_stop(var_dir: Path) -> None:
    with closing(redis.Redis.from_url(ensure(var_dir, durable=True).redis_url)) as client:
        client.set("kept", "yes")
    stop(var_dir)
    with closing(redis.Redis.from_url(ensure(var_dir, durable=True).redis_url)) as client:
        assert client.get("kept") == b"yes"


def test_ports_taken_meanwhile_are_chosen_anew(var_dir: Path) -> None:
    before = ensure(var_dir, durable=False)
    stop(var_dir)
    ports = [urlsplit(url).port for url in (before.database_url, before.redis_url)]
    thieves = [socket.create_server(("127.0.0.1", port)) for port in ports if port]
    after = ensure(var_dir, durable=False)
    for thief in thieves:
        thief.close()
    assert not {urlsplit(after.database_url).port, urlsplit(after.redis_url).port} & set(ports)
    assert ping(after)


def test_servers_of_the_environment_are_used_and_nothing_is_started(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://mine")
    monkeypatch.setenv("REDIS_URL", "redis://mine")
    assert ensure(var_dir) == Services("postgres://mine", "postgres://mine", "redis://mine")
    assert not (var_dir / "postgres").exists()


def test_stop_ends_only_what_is_named_and_may_be_repeated(var_dir: Path) -> None:
    ensure(var_dir, durable=False)
    stop(var_dir, only=("redis",))
    assert running(var_dir) == (True, False)
    stop(var_dir)
    stop(var_dir)
    assert running(var_dir) == (False, False)


def test_stop_without_a_var_dir_is_harmless(tmp_path: Path) -> None:
    stop(tmp_path / "never")
    assert not (tmp_path / "never").exists()


def test_passwords_are_for_the_owner_of_the_files_alone(var_dir: Path) -> None:
    ensure(var_dir, durable=False)
    state = State.load(var_dir)
    assert (var_dir / "embedded.json").stat().st_mode & 0o777 == 0o600
    assert (var_dir / "redis").stat().st_mode & 0o777 == 0o700
    assert (var_dir / "postgres").stat().st_mode & 0o777 == 0o700
    assert len({state.superuser_password, state.owner_password, state.app_password, state.redis_password}) == 4


def test_redis_refuses_who_does_not_know_the_password(var_dir: Path) -> None:
    port = urlsplit(ensure(var_dir, durable=False).redis_url).port
    with (
        closing(redis.Redis(port=port or 0, retry=Retry(NoBackoff(), 0))) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_database_that_cannot_start_is_reported_with_its_log(var_dir: Path) -> None:
    ensure(var_dir, durable=False)
    stop(var_dir)
    (var_dir / "postgres" / "pg_hba.conf").write_text("nonsense\n")
    with pytest.raises(EmbeddedError, match=r"did not start; its reason is in .*server\.log"):
        ensure(var_dir, durable=False)
