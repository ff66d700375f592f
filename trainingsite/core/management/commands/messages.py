from argparse import ArgumentParser
from itertools import chain
from typing import Any

from django.core.management import BaseCommand, CommandError

from trainingsite.core.translations import catalogues
from trainingsite.core.translations.extraction import SOURCES


class Command(BaseCommand):
    help = "Bring the interface's catalogues in step with its texts, derive Traditional Chinese, compile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--app", choices=list(SOURCES), help="only this catalogue")
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a text is not translated")
        parser.add_argument("--compile", action="store_true", help="only compile what is there")

    def handle(self, *, app: str | None, check: bool, compile: bool, **_options: Any) -> None:  # noqa: A002 - the option
        names = [app] if app else list(SOURCES)
        if check:
            self._check(names)
            return
        if not compile:
            for name in names:
                catalogues.write(name)
            self._report(names)
        catalogues.compile_all()

    def _check(self, names: list[str]) -> None:
        found = [*chain.from_iterable(catalogues.problems(name) for name in names), *catalogues.quarrels()]
        if found:
            raise CommandError("\n".join(found))

    def _report(self, names: list[str]) -> None:
        for problem in chain.from_iterable(catalogues.problems(name) for name in names):
            self.stderr.write(problem)
