"""What the embedded servers remember between starts: their ports and passwords."""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

HOST = "127.0.0.1"


class EmbeddedError(RuntimeError):
    """The embedded servers cannot do what was asked; the message is one sentence for the person at the terminal."""


def _password() -> str:
    return secrets.token_urlsafe(24)


@dataclass
class State:
    """Ports and passwords of one VAR_DIR, kept in `embedded.json`, which only its owner may read."""

    postgres_port: int = 0
    redis_port: int = 0
    superuser_password: str = field(default_factory=_password)
    owner_password: str = field(default_factory=_password)
    app_password: str = field(default_factory=_password)
    redis_password: str = field(default_factory=_password)

    @classmethod
    def load(cls, var_dir: Path) -> Self:
        """Return what was saved under `var_dir`, or a new state with fresh passwords."""
        path = _path(var_dir)
        if not path.exists():
            state = cls()
            state.save(var_dir)
            return state
        try:
            return cls(**json.loads(path.read_text()))
        except (ValueError, TypeError) as error:
            message = f"{path} is damaged ({error}); restore it, or remove {var_dir} to begin anew."
            raise EmbeddedError(message) from error

    def save(self, var_dir: Path) -> None:
        """Write the state in one step, so that a crash leaves the old file or the new one."""
        path = _path(var_dir)
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(self), file, indent=2)
        draft.replace(path)


def _path(var_dir: Path) -> Path:
    return var_dir / "embedded.json"


@contextmanager
def locked(var_dir: Path) -> Iterator[None]:
    """Let one process at a time start or stop the servers of `var_dir`; the lock ends with its holder."""
    with (var_dir / "embedded.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_free(port: int) -> bool:
    """Say whether a server could listen on `port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def pick_port(remembered: int) -> int:
    """Return the remembered port while it is free, another one otherwise."""
    if remembered and is_free(remembered):
        return remembered
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
