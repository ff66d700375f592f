"""Bring database, catalogues and static files in step with the code, in one process: what `make demo` waits for."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

EMPTY = "The database is empty."


class Command(BaseCommand):
    help = "Migrate, grant, compile messages and collect static files where they changed; run as the owner."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.AS_OWNER:
            raise CommandError("Run this with DJANGO_DB_ROLE=owner: the application's role may not migrate.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("grant_app_role", stdout=self.stdout)
        if stale_catalogues():
            call_command("messages", compile=True)
        self._collect()
        if not get_user_model().objects.exists():
            self.stdout.write(EMPTY)

    def _collect(self) -> None:
        stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
        state = static_state()
        if stamp.exists() and stamp.read_text() == state:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state)
        self.stdout.write("Static files collected.")


def stale_catalogues() -> list[Path]:
    """Return the translations that are newer than what Django reads of them; an image brings them compiled."""
    sources = (path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.po"))
    return [path for path in sources if _changed_at(path.with_suffix(".mo")) < _changed_at(path)]


def _changed_at(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


def static_state() -> str:
    """Return a digest of every static file's path, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
