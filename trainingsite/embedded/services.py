"""Start and stop what the application needs and the environment does not give."""

import os
from dataclasses import dataclass
from pathlib import Path

from trainingsite.embedded import postgres_server, redis_server
from trainingsite.embedded.state import State, locked


@dataclass(frozen=True)
class Services:
    """Where the database and Redis are, and which embedded servers this call had to start."""

    database_url: str
    owner_url: str
    redis_url: str
    started: tuple[str, ...] = ()

    def environ(self) -> dict[str, str]:
        """Return the variables the settings read."""
        return {
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "REDIS_URL": self.redis_url,
        }


DURABLE = os.environ.get("DURABLE") != "false"


def ensure(var_dir: Path, *, durable: bool = DURABLE) -> Services:
    """Return running services: those of the environment, else embedded ones under `var_dir`.

    Calling it again, or from two processes at once, starts nothing twice. With `durable=False` (tests; DURABLE=false
    in the environment) a power cut may lose the data.
    """
    var_dir = var_dir.absolute()
    var_dir.mkdir(parents=True, exist_ok=True)
    with locked(var_dir):
        state = State.load(var_dir)
        started = _ensure_postgres(var_dir, state, durable=durable) + _ensure_redis(var_dir, state, durable=durable)
        if started:
            state.save(var_dir)
    return _services(state, started)


def stop(var_dir: Path, only: tuple[str, ...] = ("postgres", "redis")) -> None:
    """Stop the embedded servers of `var_dir` that run; `only` names those to stop."""
    var_dir = var_dir.absolute()
    if not (var_dir / "embedded.json").exists():
        return
    with locked(var_dir):
        if "redis" in only:
            redis_server.stop(var_dir, State.load(var_dir))
        if "postgres" in only:
            postgres_server.stop(var_dir)


def _ensure_postgres(var_dir: Path, state: State, *, durable: bool) -> tuple[str, ...]:
    if os.environ.get("DATABASE_URL") or postgres_server.is_running(var_dir, state):
        return ()
    postgres_server.start(var_dir, state, durable=durable)
    return ("postgres",)


def _ensure_redis(var_dir: Path, state: State, *, durable: bool) -> tuple[str, ...]:
    if os.environ.get("REDIS_URL") or redis_server.is_running(var_dir, state):
        return ()
    redis_server.start(var_dir, state, durable=durable)
    return ("redis",)


def _services(state: State, started: tuple[str, ...]) -> Services:
    if database_url := os.environ.get("DATABASE_URL"):
        owner_url = os.environ.get("DATABASE_OWNER_URL") or database_url
    else:
        database_url = postgres_server.url(state, postgres_server.APP)
        owner_url = postgres_server.url(state, postgres_server.OWNER)
    redis_url = os.environ.get("REDIS_URL") or redis_server.url(state)
    return Services(database_url, owner_url, redis_url, started)
