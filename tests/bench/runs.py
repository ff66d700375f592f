"""Measure every target beside the bare view, and print the table."""

import os
from dataclasses import dataclass
from pathlib import Path

import django
import psutil

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.clients import Load, press
from tests.bench.company import PEOPLE, Company, load_company
from tests.bench.exam_runs import measure_exams
from tests.bench.pages import PAGES, Target
from tests.bench.servers import cpu_seconds, serving
from tests.bench.works import measure
from tests.bench.works_mentoring import measure_mentoring
from tests.bench.works_practice import measure_practice
from tests.bench.works_quizzes import measure_grading, measure_quizzes
from tests.bench.works_ratings import measure_ratings
from tests.bench.works_refreshers import measure_refreshers


@dataclass(frozen=True)
class Row:
    label: str
    rate: float
    p95: float
    queries: int
    cpu: float
    ratio: float
    bad: int


@dataclass
class Bench:
    """The two servers of a run; what is pressed is always pressed beside the bare view."""

    company: Company
    web: tuple[int, psutil.Process]
    bare: tuple[int, psutil.Process]
    postmaster: psutil.Process
    seconds: float

    def bare_rate(self) -> Load:
        return press(self.bare[0], f"/bare/{self.company.someone}/", {}, self.seconds / 2)

    def measure(self, target: Target) -> Row:
        path = target.path.format(**self.company.ids)
        headers = self.company.headers(target.who)
        press(self.web[0], path, headers, 0.5)
        before = self.bare_rate()
        cpu = cpu_seconds(self.web[1], self.postmaster)
        load = press(self.web[0], path, headers, self.seconds)
        cpu = cpu_seconds(self.web[1], self.postmaster) - cpu
        after = self.bare_rate()
        yardstick = (before.rate + after.rate) / 2
        return Row(
            target.label,
            load.rate,
            load.p95,
            self.queries(path, headers),
            1000 * cpu / max(len(load.times), 1),
            load.rate / yardstick,
            load.bad,
        )

    def queries(self, path: str, headers: dict[str, str]) -> int:
        """Statements that one request sends to the database, counted in this process."""
        client = Client(headers=headers, SERVER_NAME="127.0.0.1")
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)


def _postmaster(var_dir: Path) -> psutil.Process:
    pid_file = next(var_dir.glob("postgres/**/postmaster.pid"))
    return psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))


def run(var_dir: Path, *, seconds: float) -> None:
    """Load the company if need be, measure all, print the table."""
    company = load_company()
    log = var_dir / "bench-web.log"
    as_app = {"DJANGO_DB_ROLE": "app"}
    with (
        serving("trainingsite.settings", as_app, log) as web,
        serving("tests.bench.bare", as_app, log) as bare,
    ):
        bench = Bench(company, web, bare, _postmaster(var_dir), seconds)
        measure_exams(web, bare, bench.postmaster)
        rows = [bench.measure(target) for target in PAGES]
        _print(rows, bench.bare_rate())
    measure()
    measure_refreshers()
    measure_quizzes()
    measure_grading()
    measure_practice()
    measure_ratings()
    measure_mentoring()


def _print(rows: list[Row], bare: Load) -> None:
    print(f"{PEOPLE:,} people, {os.cpu_count()} cores, 8 clients; goal for a page: ratio >= 0.25, at most 8 queries")
    print(f"{'':28}{'req/s':>9}{'p95 ms':>9}{'queries':>9}{'CPU ms':>9}{'ratio':>8}  not 200")
    print(f"{'bare view, one read':28}{bare.rate:>9.0f}{bare.p95:>9.1f}{1:>9}{'':>9}{1:>8.2f}")
    for row in rows:
        marks = f"  {row.bad}" if row.bad else ""
        print(f"{row.label:28}{row.rate:>9.0f}{row.p95:>9.1f}{row.queries:>9}{row.cpu:>9.1f}{row.ratio:>8.2f}{marks}")
