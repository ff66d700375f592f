import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from analytics.models import Reading, Upload
from trainingsite.core.models import Job
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.usefixtures("metrics")
HEAD = "metric,employee_number,day,numerator,denominator\n"


@pytest.fixture
def hr(hire):
    return hire(Role.HR)


def send(client, text):
    return client.post("/readings/upload/", {"file": SimpleUploadedFile("march.csv", text.encode())})


def test_upload_leads_to_the_preview_and_from_there_to_the_record(as_, hr, hire):
    hire(employee_number="E1")
    client = as_(hr)
    answer = send(client, HEAD + "satisfaction,E1,2026-03-01,9,10\n")
    upload = Upload.objects.get()
    assert answer["Location"] == f"/readings/upload/{upload.pk}/"
    assert Reading.objects.count() == 0
    assert client.post(answer["Location"])["Location"] == answer["Location"]
    assert Reading.objects.count() == 1


def test_wrong_row_is_shown_and_all_refused_unless_the_good_ones_are_wanted(as_, hr, hire):
    hire(employee_number="E1")
    client = as_(hr)
    url = send(client, HEAD + "satisfaction,E1,2026-03-01,9,10\nsatisfaction,E9,2026-03-01,9,10\n")["Location"]
    assert "E9" in client.get(url).content.decode()
    client.post(url)
    assert Reading.objects.count() == 0
    client.post(url, {"good_rows_alone": "on"})
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("text", ["", "name,age\nWang,30\n", "\x00\x01"])
def test_file_that_is_no_table_is_refused_at_the_field(as_, hr, text):
    answer = send(as_(hr), text)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert Upload.objects.count() == 0


def test_no_file_is_refused_at_the_field(as_, hr):
    answer = as_(hr).post("/readings/upload/")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_large_file_becomes_a_job(as_, hr, hire, monkeypatch):
    monkeypatch.setattr("analytics.readings.uploads.ROWS_AT_ONCE", 0)
    hire(employee_number="E1")
    client = as_(hr)
    url = send(client, HEAD + "satisfaction,E1,2026-03-01,9,10\n")["Location"]
    assert client.post(url)["Location"] == f"/jobs/{Job.objects.get().pk}/"


def test_sample_file_has_the_columns(as_, hr):
    answer = as_(hr).get("/readings/upload/sample.csv")
    assert answer.content.decode("utf-8-sig").splitlines()[0] == HEAD.strip()


def test_trainee_is_kept_out(as_, hire):
    assert as_(hire(Role.TRAINEE)).get("/readings/upload/").status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_list_of_files_takes_five_queries(as_, hr, rows, django_assert_max_num_queries):
    Upload.objects.bulk_create([Upload(owner=hr, file_name=f"{n}.csv", rows=1) for n in range(rows)])
    client = as_(hr)
    client.get("/readings/upload/")
    with django_assert_max_num_queries(8):
        client.get("/readings/upload/")
