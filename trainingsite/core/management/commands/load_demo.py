from argparse import ArgumentParser
from datetime import date
from time import perf_counter
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from trainingsite.core import clock
from trainingsite.core.demo import tell


class Command(BaseCommand):
    help = "Load the demo company, with two years of history that end today, into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the last day of the history")

    def handle(self, *, today: date | None, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo company's logins are published; set DEMO=true to load it anyway.")
        if get_user_model().objects.exists():
            raise CommandError("There are people in this database already; the demo company needs an empty one.")
        begun = perf_counter()
        with transaction.atomic():
            tell(today or clock.today())
        self.stdout.write(f"The demo company is loaded ({perf_counter() - begun:.0f} s).")
