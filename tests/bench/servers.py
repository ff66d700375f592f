"""The web server under test and the CPU that it and the database use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

WORKERS, THREADS = 2, 4  # as in docker-compose.yml


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(settings: str, environ: dict[str, str], log: Path) -> Iterator[tuple[int, psutil.Process]]:
    """Run granian with the settings on a free port; gives the port and the process."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += [
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        str(THREADS),
        "--no-ws",
        "--log-level",
        "warning",
        "trainingsite.wsgi:application",
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **environ, "DJANGO_SETTINGS_MODULE": settings}, stdout=output, stderr=output
        )
        try:
            _wait(port, process)
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(15)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("The web server stopped at its start; see its log.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web server did not answer within 30 seconds.")


def cpu_seconds(*servers: psutil.Process) -> float:
    """User and system seconds that the servers' processes have used so far."""
    family = [process for server in servers for process in (server, *server.children(recursive=True))]
    used = 0.0
    for process in family:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        # A database process that has ended is counted with its parent.
        used += times.user + times.system + times.children_user + times.children_system
    return used
