"""`python -m trainingsite.embedded demo|start|stop|environ`."""

import argparse
import os
import shlex
import sys
from pathlib import Path

from trainingsite.embedded import demo, services
from trainingsite.embedded.state import EmbeddedError

HIGHEST_PORT = 65535


def main() -> int:
    """Run one command; a failure is one clear message and exit code 1."""
    parser = argparse.ArgumentParser(prog="python -m trainingsite.embedded", description=__doc__)
    parser.add_argument("command", choices=["demo", "start", "stop", "environ"])
    var_dir = Path(os.environ.get("VAR_DIR") or "var")
    try:
        _run(parser.parse_args().command, var_dir)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(command: str, var_dir: Path) -> None:
    if command == "demo":
        demo.run(var_dir, _port(os.environ.get("PORT") or "8000"))
    elif command == "stop":
        services.stop(var_dir)
    else:
        running = services.ensure(var_dir)
        if command == "environ":
            print("\n".join(f"export {name}={shlex.quote(value)}" for name, value in running.environ().items()))


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise EmbeddedError(f"PORT must be a number from 1 to {HIGHEST_PORT}, not {text!r}.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
