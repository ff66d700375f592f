"""Evidence of all that happened before ratings were there: for a company that moves in, and for the demo.

In batches, each in a transaction of its own; what is recorded already is left alone, so that it may be repeated.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.attempts.models import Attempt
from assessments.ratings.collecting import of_attempts, of_checklist, of_completions
from assessments.ratings.recording import Piece, keep
from courses.checklists.models import SignOff
from courses.competencies.models import Teaches
from courses.enrolment.models import Enrolment
from trainingsite.core import clock
from trainingsite.core.jobs.actions import JOB_KINDS, progress
from trainingsite.core.jobs.models import Job

COLLECT = "assessments.collect_evidence"
BATCH = 2_000


def collect_all(tell: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Record evidence of every graded attempt, completed course and checklist; returns how many pieces were new."""
    total, done, new = sum(rows.count() for rows in _sources()), 0, 0
    for size, pieces in past(clock.now()):
        new += len(keep(pieces, reason=_("It was graded again"), at=clock.now()))
        done += size
        tell(done, total)
    return new


def past(at: datetime) -> Iterator[tuple[int, list[Piece]]]:
    """All that can be evidence, some thousand events at a time: how many were looked at, and what they show."""
    attempts, completions, checklists = _sources()
    for ids in _pages(attempts):
        yield len(ids), of_attempts(ids)
    for ids in _pages(completions):
        yield len(ids), of_completions(ids, at)
    enrolments = Enrolment.objects.in_bulk(checklists.values_list("enrolment", flat=True))
    pairs = list(checklists.values_list("enrolment", "item__checklist__unit"))
    yield len(pairs), [piece for pk, unit in pairs for piece in of_checklist(enrolments[pk], unit, at)]


def _sources() -> tuple[QuerySet[Attempt], QuerySet[Enrolment], QuerySet[Any, Any]]:
    teaching = Teaches.objects.values("course")
    signed = SignOff.objects.filter(enrolment__course__in=teaching).order_by("enrolment", "item__checklist__unit")
    return (
        Attempt.objects.graded().filter(quiz__practice=False),
        Enrolment.objects.completed().filter(course__in=teaching),
        signed.values("enrolment", "item__checklist__unit").distinct(),
    )


def _pages(rows: QuerySet[Any]) -> Iterator[list[int]]:
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]


@JOB_KINDS.registers(COLLECT)
def collect_in_job(job: Job) -> str:
    new = collect_all(lambda done, total: progress(job, done, total))
    return ngettext("%(n)s piece of evidence was recorded", "%(n)s pieces of evidence were recorded", new) % {"n": new}
