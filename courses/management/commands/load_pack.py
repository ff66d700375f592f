from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses.packs.actions import apply_pack, preview_pack, read_pack
from courses.packs.reader import PackRefused
from courses.packs.words import lines_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused


class Command(BaseCommand):
    help = "Take a content pack: a folder or a zip with pack.yaml in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--preview", action="store_true", help="say what it would do, and do nothing")

    def handle(self, *_args: Any, path: Path, preview: bool, **_options: Any) -> None:
        if not path.exists():
            raise CommandError(_("There is no %(path)s.") % {"path": path})
        try:
            outcome = (preview_pack if preview else apply_pack)(read_pack(path), by=None, at=clock.now())
        except PackRefused as refusal:
            problems = "\n".join(f"{p.file} {p.place}: {p.message}" for p in refusal.problems)
            raise CommandError(f"{refusal.message}\n{problems}") from refusal
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write("\n".join(lines_of(outcome)))
