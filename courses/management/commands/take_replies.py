"""Take answers to invitations in from a mail pipe."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.invitations.replies import MOST_MAIL, take_reply
from trainingsite.core import clock
from trainingsite.core.errors import Refused


class Command(BaseCommand):
    help = "Takes one answer to an invitation in: a calendar's text or the whole mail, from a file or, with -, a pipe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The file; - is what is piped in.")

    def handle(self, *, file: str, **_options: Any) -> None:
        """Say in one line what it came to, or why not and end with 1."""
        try:
            with sys.stdin.buffer if file == "-" else Path(file).open("rb") as source:
                raw = source.read(MOST_MAIL + 1)
            taken = take_reply(raw, at=clock.now())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(f"{taken.name}: {taken.answer.label} – {taken.session}")
