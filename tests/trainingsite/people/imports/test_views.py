import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trainingsite.core import clock
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role
from trainingsite.people.imports import actions
from trainingsite.people.models import PeopleImport, User

HEAD = "工号,姓名,部门,直属上级\n"
GOOD = HEAD + "E1,张威,客户服务中心/售后服务部,\nE7,王芳,售前服务部,E1\n"
BAD = HEAD + "E7,王芳,没有的部门,\nE8,,售前服务部,E404\n"


def send(client, text, name="人员.csv"):
    return client.post("/people/import/", {"file": SimpleUploadedFile(name, text.encode())})


def rows(response):
    return [(row.number, row.state, row.details) for row in response.context["rows"]]


@pytest.fixture
def hr(as_, hire):
    """A client in which HR is logged in; 张伟 has the number E1."""
    hire(name="张伟", employee_number="E1", external_id=None, username="zhangwei")
    return as_(hire(Role.HR, name="安宁", employee_number="E0"))


def test_preview_says_row_by_row_what_happens_and_changes_nothing(hr):
    page = hr.get(send(hr, GOOD)["Location"])

    assert rows(page) == [(2, "changed", [("姓名", "张伟 → 张威")]), (3, "new", [])]
    assert page.context["states"] == {"new": 1, "changed": 1, "unchanged": 0, "error": 0}
    assert set(User.objects.values_list("name", flat=True)) == {"张伟", "安宁"}


def test_faulty_rows_name_their_fields_and_cannot_be_applied(hr):
    place = send(hr, BAD)["Location"]
    page = hr.get(place)
    hr.post(f"{place}apply/")

    assert [(number, state, [field for field, _text in details]) for number, state, details in rows(page)] == [
        (2, "error", ["部门"]),
        (3, "error", ["姓名", "直属上级"]),
    ]
    assert User.objects.count() == 2


def test_apply_takes_all_rows_once(hr):
    place = send(hr, GOOD)["Location"]
    hr.post(f"{place}apply/")
    hr.post(f"{place}apply/")

    found = User.objects.filter(employee_number__in=["E1", "E7"]).order_by("employee_number")
    assert [(person.name, str(person.department), person.manager_id) for person in found] == [
        ("张威", "售后服务部", None),
        ("王芳", "售前服务部", found[0].pk),
    ]


def test_what_became_wrong_since_the_preview_stops_all(hr, hire):
    place = send(hr, GOOD)["Location"]
    hire(username="E7", employee_number="X")
    hr.post(f"{place}apply/")

    assert set(User.objects.values_list("name", flat=True)) == {"张伟", "安宁"}
    assert PeopleImport.objects.get().applied_at is None


@pytest.mark.parametrize("text", ["", "hello", "工号,姓名,部门\n"])
def test_file_that_is_none_is_told_at_the_field(hr, text):
    answer = send(hr, text)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert not PeopleImport.objects.exists()


def test_no_file_at_all_is_told_at_the_field(hr):
    assert list(hr.post("/people/import/").context["form"].errors) == ["file"]


def test_large_file_becomes_a_job_and_faults_name_the_line(hr, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    good, bad = send(hr, GOOD)["Location"], send(hr, BAD)["Location"]
    for place in (good, bad):
        assert hr.post(f"{place}apply/")["Location"].startswith("/jobs/")
    for job in Job.objects.order_by("pk"):
        jobs.run(job.pk)

    done, failed = Job.objects.order_by("pk")
    assert (done.state, failed.state, [line for line, _text in failed.problems]) == ("done", "failed", [2, 3, 3])
    assert User.objects.filter(employee_number="E7").exists()


def test_one_kind_of_rows_can_be_looked_at(hr):
    place = send(hr, GOOD)["Location"]

    assert [row[0] for row in rows(hr.get(f"{place}?state=new"))] == [3]


def test_department_name_used_twice_is_not_guessed(hr, company, as_):
    from tests.factories.people import DepartmentFactory

    DepartmentFactory(name="投诉专席", parent=company["sales"])
    drafts = actions.preview(
        PeopleImport(rows=[{"employee_number": "E9", "name": "王芳", "department": "投诉专席"}]), at=clock.now()
    )

    assert [problem.field for problem in drafts[0].problems] == ["department"]


def test_sample_can_be_filled_and_read(hr):
    from trainingsite.people.imports.files import read

    data = b"".join(hr.get("/people/import/sample.csv").streaming_content)
    assert read(data).rows[0]["name"] == "张伟"
