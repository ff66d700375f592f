"""The command line: one clear sentence and exit code 1 for what cannot be done."""

import subprocess
import sys
from pathlib import Path

import pytest

from trainingsite.embedded import __main__ as command_line

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """`call("with", "python", …)` in a throw-away VAR_DIR: the exit code."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["embedded", *arguments])
        return command_line.main()

    return run


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "８０"])
def test_port_that_is_none_is_refused(call, monkeypatch: pytest.MonkeyPatch, capsys, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    assert call("demo") == 1
    assert capsys.readouterr().err == f"PORT must be a number from 1 to 65535, not {port!r}.\n"


def test_with_nothing_to_run_is_refused(call, capsys) -> None:
    assert call("with") == 1
    assert capsys.readouterr().err.startswith("Say what to run")


@pytest.mark.slow
def test_with_hands_the_servers_and_the_exit_code_through(call, tmp_path: Path) -> None:
    script = (
        "import os, sys; sys.exit(7 if os.environ['DATABASE_OWNER_URL'].startswith('postgres://kefu_owner:') else 1)"
    )
    assert call("with", sys.executable, "-c", script) == 7
    assert not (tmp_path / "var" / "postgres" / "postmaster.pid").exists()


@pytest.mark.slow
def test_start_leaves_the_servers_running_until_stop(call, tmp_path: Path) -> None:
    pid_file = tmp_path / "var" / "postgres" / "postmaster.pid"
    assert (call("start"), pid_file.exists()) == (0, True)
    assert (call("stop"), pid_file.exists()) == (0, False)


def test_embedded_needs_no_django() -> None:
    script = "import sys, trainingsite.embedded.__main__; sys.exit('django.apps' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
