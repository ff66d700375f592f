"""Measure attempts beside the bare views, and print the table."""

import psutil
from django.db import connection

from assessments.models import Response
from tests.bench.clients import press
from tests.bench.exams import (
    TOGETHER,
    TRAINEES,
    all_at_once,
    load_exam,
    lost,
    only_saves,
    size,
    statements,
    without_pause,
)
from tests.bench.servers import cpu_seconds

KB = 1024
SECONDS = 5
Server = tuple[int, psutil.Process]


def measure_exams(
    web: tuple[int, psutil.Process], bare: tuple[int, psutil.Process], postmaster: psutil.Process
) -> None:
    """Print what saving an answer and taking a quiz of 20 questions cost; the servers run already."""
    exam = load_exam()
    print(f"\n{'a quiz of 20 questions':58}{'measured':>12}{'goal':>12}")
    _print("statements of a whole attempt", statements(exam), "<= 120")
    row = Response.objects.order_by("pk").values_list("pk", flat=True)[0]
    one_read = _bare(bare, postmaster, "/bare/1/")
    one_update = _bare(bare, postmaster, f"/bare/{row}/update/")
    log = only_saves(exam, web[0], SECONDS)
    _print("saves a second beside bare updates a second", len(log.saves) / SECONDS / one_update[0], ">= 0.30")
    _vacuum()
    before, cpu, own = size(), cpu_seconds(web[1], postmaster), cpu_seconds(web[1])
    log, seconds = without_pause(exam, web[0], 2 * SECONDS)
    cpu, own = cpu_seconds(web[1], postmaster) - cpu, cpu_seconds(web[1]) - own
    attempts = max(log.attempts, 1)
    _print(f"attempts a second, {TOGETHER} trainees without a pause", log.attempts / seconds, ">= 20")
    _print("CPU of one, as multiples of one bare read", cpu / attempts / one_read[1], "<= 100")
    _print("the same, of the web server alone", own / attempts / one_read[2], "")
    _print("CPU of one, ms", 1000 * cpu / attempts, "")
    _print("growth of the database by one, KB", (size() - before) / attempts / KB, "<= 12")
    _print("answers acknowledged and lost", lost(log), "0")
    log = all_at_once(exam, web[0])
    _print(f"p95 of a save, {TRAINEES} trainees at once, ms", log.load(1).p95, "< 250")
    _print("answers acknowledged and lost", lost(log), "0")
    _print("answers refused", log.refused, "0")


def _bare(bare: Server, postmaster: psutil.Process, path: str) -> tuple[float, float, float]:
    """Requests a second, and CPU seconds of one: with the database's, and the web server's alone."""
    press(bare[0], path, {}, 0.5)
    cpu, own = cpu_seconds(bare[1], postmaster), cpu_seconds(bare[1])
    load = press(bare[0], path, {}, 3)
    done = len(load.times)
    return load.rate, (cpu_seconds(bare[1], postmaster) - cpu) / done, (cpu_seconds(bare[1]) - own) / done


def _vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM assessments_response, assessments_attempt")


def _print(what: str, number: float, goal: str) -> None:
    shown = f"{number:,.2f}" if isinstance(number, float) else f"{number:,}"
    print(f"{what:58}{shown:>12}{goal:>12}")
