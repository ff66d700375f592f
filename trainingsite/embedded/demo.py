"""`make demo`: the whole product on one machine, from nothing to a page one can log in to, and away again."""

import fcntl
import http.client
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trainingsite.embedded import services
from trainingsite.embedded.logins import welcome
from trainingsite.embedded.processes import POLL_S, Program, ask_to_end, await_end, finish, launch, stop_leftovers
from trainingsite.embedded.state import HOST, EmbeddedError, is_free

BASE_DIR = Path(__file__).resolve().parent.parent.parent
READY_PATIENCE_S = 90
EMPTY = "The database is empty."  # what `manage.py prepare` says
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):  # noqa: N818  # nothing went wrong
    """Somebody pressed Ctrl-C or sent a stop signal."""


@dataclass
class Demo:
    """One run of the demo: where it lives, its port, and what it started, in order."""

    var_dir: Path
    port: int
    environ: dict[str, str] = field(default_factory=dict)
    programs: list[Program] = field(default_factory=list)
    stop_asked: bool = False
    heir: bool = False  # of a killed demo, whose servers it takes over

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log_dir(self) -> Path:
        return self.var_dir / "log"

    def ask_to_stop(self, *_signal: Any) -> None:
        """Note the wish; `check` acts on it, so that no step is cut in two."""
        self.stop_asked = True

    def check(self) -> None:
        """Raise when somebody asked to stop, or when a program ended that should run."""
        if self.stop_asked:
            raise Stopped
        for program in self.programs:
            if program.ended() is not None:
                raise EmbeddedError(program.obituary())

    def launch(self, name: str, *command: str) -> None:
        self.programs.append(launch(name, list(command), self.log_dir, self.environ))

    def manage(self, name: str, *, role: str = "app") -> str:
        """Run a management command to its end and return what it wrote."""
        command = [sys.executable, str(BASE_DIR / "manage.py"), name]
        return finish(launch(name, command, self.log_dir, self.environ | {"DJANGO_DB_ROLE": role}), self.check)

    def stop_programs(self) -> None:
        """End web, beat and worker, asked in this order; none waits for another to begin."""
        for act in (ask_to_end, await_end):
            for program in reversed(self.programs):
                act(program)


def run(var_dir: Path, port: int) -> None:
    """Run the demo until somebody stops it; raises EmbeddedError when a part fails."""
    demo = Demo(var_dir.absolute(), port)
    demo.log_dir.mkdir(parents=True, exist_ok=True)
    for number in STOP_SIGNALS:
        signal.signal(number, demo.ask_to_stop)
    with ExitStack() as stack:
        stack.enter_context(_only_one(demo))
        if not is_free(port):
            raise EmbeddedError(f"Port {port} is in use by another program: choose one, as in `make demo PORT=8001`.")
        stack.callback(_say, "Stopped.")
        try:
            _start(demo, stack)
            _watch(demo)
        except Stopped:
            _say("Stopping …")


def _start(demo: Demo, stack: ExitStack) -> None:
    _say("Starting PostgreSQL and Redis …")
    running = services.ensure(demo.var_dir)
    stack.callback(services.stop, demo.var_dir, only=("postgres", "redis") if demo.heir else running.started)
    demo.environ = child_environ(demo, running)
    _say("Bringing database and static files in step …")
    if EMPTY in demo.manage("prepare", role="owner"):
        _say("Loading the demo company …")
        demo.manage("load_demo", role="owner")  # its parts tell history anew that the application only adds to
    _say("Starting worker, beat and web …")
    stack.callback(demo.stop_programs)
    _launch_all(demo)
    _wait_until_ready(demo)
    _say(welcome(demo.address, demo.log_dir, demo.environ))


def child_environ(demo: Demo, running: services.Services) -> dict[str, str]:
    """Return the environment of everything the demo runs: the caller's, and what makes it a demo."""
    fixed = {
        "DEBUG": "false",
        "DEMO": "true",
        "VAR_DIR": str(demo.var_dir),
        "PORT": str(demo.port),
        "PYTHONUNBUFFERED": "1",
    }
    return {"SECURE": "false", "BASE_URL": demo.address, **os.environ, **running.environ(), **fixed}


def _launch_all(demo: Demo) -> None:
    programs = Path(sys.executable).parent
    celery = (str(programs / "celery"), "--app", "trainingsite", "--workdir", str(BASE_DIR))
    granian = (str(programs / "granian"), "--interface", "wsgi", "--working-dir", str(BASE_DIR), "--no-ws")
    threads = ("--workers", "2", "--blocking-threads", "4")
    demo.launch("worker", *celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")
    demo.launch("beat", *celery, "beat", "--pidfile", "")
    demo.launch("web", *granian, *threads, "--host", HOST, "--port", str(demo.port), "trainingsite.wsgi:application")


def _wait_until_ready(demo: Demo) -> None:
    deadline = time.monotonic() + READY_PATIENCE_S
    while missing := missing_parts(demo.port):
        demo.check()
        if time.monotonic() > deadline:
            raise EmbeddedError(f"Not ready after {READY_PATIENCE_S} s: {missing}; the logs are in {demo.log_dir}.")
        time.sleep(POLL_S)


def missing_parts(port: int) -> str:
    """Return what `/health/ready` still misses; empty when it is complete."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/health/ready")
        response = connection.getresponse()
        body = response.read()
    except OSError as error:
        return f"the web server does not answer ({error})"
    finally:
        connection.close()
    return "" if response.status == http.client.OK else _not_ok(body) or f"the web server answers {response.status}"


def _not_ok(body: bytes) -> str:
    try:
        parts: dict[str, str] = json.loads(body)["parts"]
    except (ValueError, KeyError, TypeError):
        return ""
    return ", ".join(f"{name} is {state}" for name, state in parts.items() if state != "ok")


def _watch(demo: Demo) -> None:
    while True:
        demo.check()
        time.sleep(0.2)


@contextmanager
def _only_one(demo: Demo) -> Iterator[None]:
    """Refuse a second demo on the same data, and clear away what a killed one left."""
    with (demo.var_dir / "demo.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"A demo already runs in {demo.var_dir}: stop it, or choose another VAR_DIR and PORT."
            raise EmbeddedError(message) from None
        if names := stop_leftovers(demo.log_dir, demo.var_dir):
            demo.heir = True
            _say(f"Stopped what an earlier run left behind: {', '.join(names)}.")
        yield


def _say(text: str) -> None:
    print(text, flush=True)
