"""A file of people: uploaded, looked at, applied."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.actions import JOB_KINDS
from trainingsite.core.jobs.models import Job
from trainingsite.core.outcome import Outcome
from trainingsite.people.hr_sync import batch
from trainingsite.people.hr_sync.batch import Draft
from trainingsite.people.imports import files
from trainingsite.people.models import Department, PeopleImport, Position, User
from trainingsite.people.staff.bulk import plan_people, write

AT_ONCE = 500  # so many people are applied while the browser waits; more become a job


def upload(data: bytes, name: str, *, by: User) -> PeopleImport:
    """Read the file and keep its rows; nobody is changed yet."""
    sheet = files.read(data)
    return PeopleImport.objects.create(owner=by, file_name=name[:200], rows=sheet.rows, lines=sheet.lines)


def preview(upload: PeopleImport, *, at: datetime) -> list[Draft[User]]:
    """What applying would do, row by row."""
    return plan_people(upload.rows, at=at, names=names_in_files)


def states(drafts: Iterable[Draft[User]]) -> dict[str, int]:
    """How many rows are new, changed, unchanged and faulty."""
    counted = Counter(draft.state for draft in drafts)
    return {state: counted[state] for state in ("new", "changed", "unchanged", "error")}


@transaction.atomic
def apply(upload: PeopleImport, *, at: datetime) -> Outcome:
    """Take all rows or none; a repeat finds the file applied and changes nothing."""
    upload = PeopleImport.objects.select_for_update().get(pk=upload.pk)
    if upload.applied_at:
        return Outcome(unchanged=len(upload.rows))
    batch.one_at_a_time()
    outcome = write(preview(upload, at=at))
    PeopleImport.objects.filter(pk=upload.pk).update(applied_at=at)
    return outcome


@JOB_KINDS.registers("people-import")
def apply_in_job(job: Job) -> str:
    """Apply a large file in a worker; what is wrong is told by the line of the file."""
    upload = PeopleImport.objects.get(pk=job.arguments["upload"])
    try:
        outcome = apply(upload, at=clock.now())
    except Refused as refusal:
        refusal.rows = [(upload.lines[row - 1], field, message) for row, field, message in refusal.rows]
        raise
    words = _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
    return words % {"new": outcome.created, "changed": outcome.changed, "unchanged": outcome.unchanged}


def names_in_files() -> dict[str, dict[str, Any]]:
    """Departments and positions as people write them: by name, or by the path of names, where only one is called so."""
    return {"department": _by_name(Department, _paths()), "position": _by_name(Position, {})}


def _by_name(model: type[models.Model], more: dict[str, Any]) -> dict[str, Any]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    every: Any = model
    for each in every.objects.all():
        found[each.name].append(each)
    return more | {name: each[0] for name, each in found.items() if len(each) == 1}


def _paths() -> dict[str, Any]:
    every = {department.pk: department for department in Department.objects.order_by("depth")}
    paths: dict[int, str] = {}
    for pk, department in every.items():
        above = paths.get(department.parent_id or 0, "")
        paths[pk] = f"{above}/{department.name}" if above else department.name
    return {path: every[pk] for pk, path in paths.items()}
