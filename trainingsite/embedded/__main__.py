"""`python -m trainingsite.embedded demo | start | stop | with COMMAND …`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from trainingsite.embedded import demo, services
from trainingsite.embedded.state import EmbeddedError

HIGHEST_PORT = 65535


def main() -> int:
    """Run one command; a failure is one clear message and exit code 1."""
    parser = argparse.ArgumentParser(prog="python -m trainingsite.embedded", description=__doc__)
    parser.add_argument("act", choices=["demo", "start", "stop", "with"])
    parser.add_argument("command", nargs=argparse.REMAINDER, help="what to run `with` the servers")
    arguments = parser.parse_args()
    try:
        return _run(arguments.act, arguments.command, Path(os.environ.get("VAR_DIR") or "var"))
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1


def _run(act: str, command: list[str], var_dir: Path) -> int:
    if act == "demo":
        demo.run(var_dir, _port(os.environ.get("PORT") or "8000"))
    elif act == "start":
        services.ensure(var_dir)
    elif act == "stop":
        services.stop(var_dir)
    else:
        return _run_with(command, var_dir)
    return 0


def _run_with(command: list[str], var_dir: Path) -> int:
    """Run a command that finds the servers in its environment; stop afterwards those that were started for it."""
    if not command:
        raise EmbeddedError("Say what to run, as in `python -m trainingsite.embedded with python manage.py shell`.")
    running = services.ensure(var_dir)
    try:
        return subprocess.run(command, check=False, env={**os.environ, **running.environ()}).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        services.stop(var_dir, only=running.started)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) <= HIGHEST_PORT:
        raise EmbeddedError(f"PORT must be a number from 1 to {HIGHEST_PORT}, not {text!r}.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
