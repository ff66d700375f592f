"""Upload a CSV file: it is checked and shown first, and applied once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.readings.actions import Outcome, record_readings
from analytics.readings.files import Sheet, decode, read
from analytics.readings.models import Upload
from analytics.readings.rows import Problem
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.actions import start
from trainingsite.core.models import Job
from trainingsite.people.models import User

KIND = "readings-upload"
ROWS_AT_ONCE = 2_000
PROBLEMS_SHOWN = 200


@transaction.atomic
def preview(file_name: str, data: bytes, *, by: User, at: datetime) -> Upload:
    """Keep the file and what would happen to each row; no reading is changed. Raises Refused when it is no table."""
    text = decode(data)
    sheet = read(text)
    outcome = _rehearse(sheet, at)
    return Upload.objects.create(
        owner=by,
        file_name=file_name[-200:],
        content=text,
        rows=len(sheet.rows),
        bad_rows=len(outcome.problems),
        problems=_shown(outcome.problems, sheet),
        created=outcome.created,
        corrected=outcome.corrected,
        unchanged=outcome.unchanged,
    )


def _rehearse(sheet: Sheet, at: datetime) -> Outcome:
    """What recording the good rows would do."""
    with transaction.atomic():
        outcome = record_readings(sheet.rows, source="rehearsal", at=at, good_rows_alone=True)
        transaction.set_rollback(True)
    return outcome


def _shown(problems: Sequence[Problem], sheet: Sheet) -> list[list[object]]:
    return [
        [sheet.lines[problem.row - 1], sheet.columns.get(problem.field, problem.field), problem.message]
        for problem in problems[:PROBLEMS_SHOWN]
    ]


@transaction.atomic
def apply(upload: Upload, *, good_rows_alone: bool, at: datetime) -> Upload:
    """Record the rows; a second time changes nothing. Raises Refused when a row is wrong and all were wanted."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.applied_at is not None:
        return upload
    sheet = read(upload.content)
    try:
        outcome = record_readings(sheet.rows, source=f"csv:{upload.pk}", at=at, good_rows_alone=good_rows_alone)
    except Refused as refusal:
        rows = [(sheet.lines[number - 1], field, message) for number, field, message in refusal.rows]
        raise Refused(refusal.message, code=refusal.code, rows=rows) from refusal
    upload.created, upload.corrected, upload.unchanged = outcome.created, outcome.corrected, outcome.unchanged
    upload.bad_rows, upload.applied_at, upload.content = len(outcome.problems), at, ""
    upload.save()
    return upload


@transaction.atomic
def apply_as_job(upload: Upload, *, good_rows_alone: bool, by: User) -> Job:
    """Hand a large file to a worker; a second click leads to the same job."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.job is None:
        upload.job = start(
            KIND,
            title=_("Readings from %(file)s") % {"file": upload.file_name},
            owner=by,
            arguments={"upload": upload.pk, "good_rows_alone": good_rows_alone},
            back_url=reverse("readings-upload", args=[upload.pk]),
        )
        upload.save(update_fields=["job"])
    return upload.job


def run_job(job: Job) -> str:
    upload = Upload.objects.get(pk=job.arguments["upload"])
    upload = apply(upload, good_rows_alone=job.arguments["good_rows_alone"], at=clock.now())
    return _("%(created)s new, %(corrected)s corrected, %(unchanged)s unchanged.") % {
        "created": upload.created,
        "corrected": upload.corrected,
        "unchanged": upload.unchanged,
    }
