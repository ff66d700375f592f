"""`make demo`, for real: started on a throw-away VAR_DIR, watched, broken and stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from trainingsite.embedded import demo as module
from trainingsite.embedded.demo import Demo, child_environ, missing_parts
from trainingsite.embedded.services import Services, ensure, stop
from trainingsite.embedded.state import pick_port

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "trainingsite.embedded", "demo"]
SOMEBODY = "from tests.factories.people import PersonFactory; PersonFactory(department=None)"

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A VAR_DIR with a migrated database in which somebody works, so that no demo company is loaded.

    The static files are collected once for all runs of the tests: compressing them takes longer than all the rest.
    """
    var_dir = tmp_path_factory.mktemp("demo")
    shared = pytest.MonkeyPatch()
    shared.setenv("STATIC_ROOT", str(Path(settings.VAR_DIR) / "demo-static"))
    shared.setenv("DURABLE", "false")
    environ = child_environ(Demo(var_dir, 8000), ensure(var_dir, durable=False)) | {"DJANGO_DB_ROLE": "owner"}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "prepare"], cwd=ROOT, env=environ, check=True)
    subprocess.run([*manage, "shell", "-c", SOMEBODY], cwd=ROOT, env=environ, check=True)
    stop(var_dir)
    yield var_dir
    stop(var_dir)
    shared.undo()


@pytest.fixture
def start(prepared: Path) -> Iterator[Start]:
    """`start(port)` runs the demo; whatever still runs at the end of the test is stopped."""
    running: list[subprocess.Popen[str]] = []

    def run(port: int) -> subprocess.Popen[str]:
        environ = {**os.environ, "VAR_DIR": str(prepared), "PORT": str(port)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen(COMMAND, cwd=ROOT, env=environ, start_new_session=True, **pipes)
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def wait_until_ready(port: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 90
    while missing := missing_parts(port):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, missing
        time.sleep(0.05)


def programs_of(var_dir: Path) -> list[str]:
    """The command lines of all processes that belong to `var_dir`."""
    mark = f"VAR_DIR={var_dir}".encode()
    lines = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                lines.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return lines


@pytest.mark.slow
def test_demo_gets_ready_says_how_to_log_in_and_leaves_nothing_behind(prepared: Path, start: Start) -> None:
    port = pick_port(0)
    process = start(port)
    wait_until_ready(port, process)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert f"runs at http://127.0.0.1:{port}" in output
    logins = ["hr", "supervisor", "instructor", "mentor", "assessor", "trainee", "auditor", "admin"]
    assert re.findall(r"^    ([a-z]+) ", output, re.MULTILINE) == logins
    assert output.endswith("Stopping …\nStopped.\n")
    assert programs_of(prepared) == []
    assert not list((prepared / "log").glob("*.pid"))
    assert not (prepared / "postgres" / "postmaster.pid").exists()


@pytest.mark.slow
def test_dead_worker_is_reported_and_stops_everything(prepared: Path, start: Start) -> None:
    port = pick_port(0)
    process = start(port)
    wait_until_ready(port, process)
    os.kill(int((prepared / "log" / "worker.pid").read_text()), signal.SIGKILL)
    _output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.startswith(f"worker ended with code -9. The end of {prepared}/log/worker.log:\n")
    assert programs_of(prepared) == []


@pytest.mark.slow
def test_second_demo_on_the_same_data_is_refused_and_the_first_goes_on(prepared: Path, start: Start) -> None:
    port = pick_port(0)
    first = start(port)
    wait_until_ready(port, first)
    second = start(pick_port(0))
    _output, errors = second.communicate(timeout=60)
    assert (second.returncode, errors) == (
        1,
        f"A demo already runs in {prepared}: stop it, or choose another VAR_DIR and PORT.\n",
    )
    assert missing_parts(port) == ""


@pytest.mark.slow
def test_demo_clears_away_what_a_killed_one_left(prepared: Path, start: Start) -> None:
    port = pick_port(0)
    first = start(port)
    wait_until_ready(port, first)
    first.kill()
    first.communicate()
    second = start(port)
    assert second.stdout is not None
    assert second.stdout.readline() == "Stopped what an earlier run left behind: beat, web, worker.\n"
    wait_until_ready(port, second)
    second.terminate()
    second.communicate(timeout=60)
    assert (second.returncode, programs_of(prepared)) == (0, [])


def test_port_in_use_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        environ = {**os.environ, "VAR_DIR": str(tmp_path), "PORT": str(port)}
        result = subprocess.run(COMMAND, cwd=ROOT, env=environ, check=False, capture_output=True, text=True)
    sentence = f"Port {port} is in use by another program: choose one, as in `make demo PORT=8001`.\n"
    assert (result.returncode, result.stdout, result.stderr) == (1, "", sentence)


def test_demo_is_a_demo_whatever_the_caller_exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"DEBUG": "true", "DEMO": "false", "VAR_DIR": "elsewhere", "DEMO_PASSWORD": "mine"}.items():
        monkeypatch.setenv(name, value)
    environ = child_environ(Demo(tmp_path, 8123), Services("postgres://a", "postgres://o", "redis://r"))
    names = ("DEBUG", "DEMO", "VAR_DIR", "PORT", "BASE_URL", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
    assert [environ[name] for name in names] == [
        "false",
        "true",
        str(tmp_path),
        "8123",
        "http://127.0.0.1:8123",
        "postgres://a",
        "postgres://o",
        "redis://r",
    ]
    assert environ["DEMO_PASSWORD"] == "mine"


def test_nothing_listening_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing_parts(pick_port(0)).startswith("the web server does not answer")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"parts": {"web": "ok", "worker": "missing"}}', "worker is missing"),
        (b"<h1>502</h1>", ""),
        (b"[]", ""),
    ],
)
def test_what_is_not_ready_is_named(body: bytes, said: str) -> None:
    assert module._not_ok(body) == said
