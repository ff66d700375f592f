"""Programs are real processes here: small Python scripts."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from trainingsite.embedded import processes
from trainingsite.embedded.processes import Program, finish, launch, stop, stop_leftovers
from trainingsite.embedded.state import EmbeddedError

SLEEP = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
PARENT = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {SLEEP!r}]).pid, flush=True); {SLEEP}"

Run = Callable[[str], Program]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Start a script as the program `thing` of a VAR_DIR and wait until it wrote something."""

    def start(script: str) -> Program:
        environ = {**os.environ, "VAR_DIR": str(tmp_path)}
        program = launch("thing", [sys.executable, "-c", script], tmp_path, environ)
        while not program.log.read_text() and program.ended() is None:
            time.sleep(0.01)
        return program

    return start


def nothing() -> None:
    """Let the wait go on."""


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/exe").exists()


def test_finish_returns_what_was_written(run: Run, tmp_path: Path) -> None:
    assert finish(run("print('done')"), nothing) == "done\n"
    assert not (tmp_path / "thing.pid").exists()


def test_finish_of_a_failure_shows_the_end_of_its_log(run: Run) -> None:
    with pytest.raises(EmbeddedError, match=r"(?s)thing ended with code 3\. The end of .*thing\.log:\n    why"):
        finish(run("import sys; print('why'); sys.exit(3)"), nothing)


def test_wish_to_stop_ends_the_wait_and_the_program(run: Run) -> None:
    program = run(SLEEP)

    def interrupt() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        finish(program, interrupt)
    assert program.ended() == -15


def test_stop_insists_when_the_program_does_not_listen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "STOP_PATIENCE_S", 0.2)
    program = run(STUBBORN)
    stop(program)
    assert program.ended() == -9


def test_stop_takes_the_children_along(run: Run) -> None:
    program = run(PARENT)
    child = int(program.log.read_text().split()[0])
    stop(program)
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not alive(child)


def test_stop_twice_is_harmless(run: Run) -> None:
    program = run(SLEEP)
    stop(program)
    stop(program)
    assert program.ended() == -15


def test_leftovers_of_this_var_dir_are_ended(run: Run, tmp_path: Path) -> None:
    program = run(SLEEP)
    assert stop_leftovers(tmp_path, tmp_path) == ["thing"]
    assert program.process.wait(5) == -15
    assert stop_leftovers(tmp_path, tmp_path) == []


def test_process_of_somebody_else_with_a_remembered_number_is_spared(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", SLEEP], stdout=subprocess.DEVNULL)
    (tmp_path / "web.pid").write_text(str(stranger.pid))
    assert stop_leftovers(tmp_path, tmp_path) == []
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_log_is_cut_to_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "long.log"
    log.write_text("".join(f"{number}\n" for number in range(100)))
    assert processes.tail(log).split() == [str(number) for number in range(85, 100)]
    assert processes.tail(tmp_path / "none.log") == ""
