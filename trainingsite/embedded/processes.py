"""The programs the demo runs: start each in a session of its own, watch them, stop them in order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from trainingsite.embedded.state import EmbeddedError

STOP_PATIENCE_S = 20
TAIL_LINES = 15
POLL_S = 0.05


@dataclass(frozen=True)
class Program:
    """A running program, its log, and its name for people."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def ended(self) -> int | None:
        """Return the exit code, or None while it runs."""
        return self.process.poll()

    def obituary(self) -> str:
        """Say how it ended and what it last wrote."""
        return f"{self.name} ended with code {self.ended()}. The end of {self.log}:\n{tail(self.log)}"


def launch(name: str, command: list[str], log_dir: Path, environ: Mapping[str, str]) -> Program:
    """Start a program whose output goes to `<name>.log`; Ctrl-C in the terminal does not reach it directly."""
    log = log_dir / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environ,
            start_new_session=True,
        )
    (log_dir / f"{name}.pid").write_text(str(process.pid))
    return Program(name, process, log)


def finish(program: Program, check: Callable[[], None]) -> str:
    """Wait for a program that ends by itself; return what it wrote, or raise what went wrong.

    `check` is called meanwhile and may raise to end the wait.
    """
    try:
        while program.ended() is None:
            check()
            time.sleep(POLL_S)
    finally:
        stop(program)
    if program.ended():
        raise EmbeddedError(program.obituary())
    return program.log.read_text(errors="replace")


def ask_to_end(program: Program) -> None:
    """Send the signal that lets a program finish what it is doing."""
    if program.ended() is None:
        program.process.terminate()


def await_end(program: Program) -> None:
    """Wait for a program that was asked to end, insist when it does not, and take its children with it."""
    process = program.process
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_PATIENCE_S)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    program.log.with_suffix(".pid").unlink(missing_ok=True)


def stop(program: Program) -> None:
    """End a program that may still run."""
    ask_to_end(program)
    await_end(program)


def stop_leftovers(log_dir: Path, var_dir: Path) -> list[str]:
    """End what a killed demo of this VAR_DIR left running; return the names."""
    names = []
    for file in sorted(log_dir.glob("*.pid")):
        pid = int(file.read_text() or 0)
        if pid and _belongs(pid, var_dir):
            _end_group(pid)
            names.append(file.stem)
        file.unlink()
    return names


def tail(log: Path) -> str:
    """Return the last lines of a log."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])


def _belongs(pid: int, var_dir: Path) -> bool:
    """Say whether `pid` is a process of this VAR_DIR: its number may be another's by now."""
    try:
        return f"VAR_DIR={var_dir}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_PATIENCE_S
        while Path(f"/proc/{pid}/exe").exists() and time.monotonic() < deadline:
            time.sleep(POLL_S)
        os.killpg(pid, signal.SIGKILL)
