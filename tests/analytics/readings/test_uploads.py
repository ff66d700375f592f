from datetime import UTC, datetime

import pytest

from analytics.models import Reading, Upload
from analytics.readings import uploads
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.models import Job
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.usefixtures("metrics")
NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
HEAD = "metric,employee_number,day,numerator,denominator\n"


@pytest.fixture
def hr(hire):
    return hire(Role.HR)


@pytest.fixture
def wang(hire):
    return hire(employee_number="E1")


def check(text, by):
    return uploads.preview("march.csv", (HEAD + text).encode(), by=by, at=NOW)


def counts(upload):
    return upload.rows, upload.bad_rows, upload.created, upload.corrected, upload.unchanged


def test_preview_says_what_would_happen_and_changes_nothing(hr, wang):
    uploads.apply(
        check("satisfaction,E1,2026-03-01,9,10\nsatisfaction,E1,2026-03-02,9,10", hr), good_rows_alone=False, at=NOW
    )
    upload = check(
        "satisfaction,E1,2026-03-01,9,10\nsatisfaction,E1,2026-03-02,8,10\nsatisfaction,E1,2026-03-03,8,10", hr
    )
    assert counts(upload) == (3, 0, 1, 1, 1)
    assert Reading.objects.count() == 2


def test_preview_names_line_column_and_fault(hr, wang):
    upload = check("satisfaction,E1,2026-03-01,9,10\n\nsatisfaction,E9,2026-03-02,9,10", hr)
    assert counts(upload) == (2, 1, 1, 0, 0)
    assert [problem[:2] for problem in upload.problems] == [[4, "employee_number"]]


def test_applying_twice_records_once(hr, wang):
    upload = check("satisfaction,E1,2026-03-01,9,10", hr)
    first = uploads.apply(upload, good_rows_alone=False, at=NOW)
    second = uploads.apply(upload, good_rows_alone=False, at=NOW)
    assert (counts(first), first.content) == ((1, 0, 1, 0, 0), "")
    assert counts(second) == counts(first)
    assert Reading.objects.get().source == f"csv:{upload.pk}"


def test_one_wrong_row_refuses_all_and_names_its_line(hr, wang):
    upload = check("satisfaction,E1,2026-03-01,9,10\nsatisfaction,E9,2026-03-02,9,10", hr)
    with pytest.raises(Refused) as refused:
        uploads.apply(upload, good_rows_alone=False, at=NOW)
    assert [row[:2] for row in refused.value.rows] == [(3, "employee_number")]
    assert Reading.objects.count() == 0
    assert Upload.objects.get().applied_at is None


def test_good_rows_alone_are_recorded_when_asked_for(hr, wang):
    upload = check("satisfaction,E1,2026-03-01,9,10\nsatisfaction,E9,2026-03-02,9,10", hr)
    upload = uploads.apply(upload, good_rows_alone=True, at=NOW)
    assert counts(upload) == (2, 1, 1, 0, 0)


def test_job_applies_a_large_file_once(hr, wang):
    upload = check("satisfaction,E1,2026-03-01,9,10", hr)
    job = uploads.apply_as_job(upload, good_rows_alone=False, by=hr)
    assert uploads.apply_as_job(upload, good_rows_alone=False, by=hr) == job
    jobs.run(job.pk)
    jobs.run(job.pk)
    assert Job.objects.get().state == "done"
    assert Reading.objects.count() == 1


def test_job_of_a_file_that_went_stale_fails_with_the_line(hr, wang):
    upload = check("satisfaction,E1,2026-03-01,9,10", hr)
    wang.employee_number = "E2"
    wang.save()
    job = uploads.apply_as_job(upload, good_rows_alone=False, by=hr)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problems[0][0]) == ("failed", 2)
