from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import Course, Enrolment, Topic
from courses.packs.actions import apply_pack
from courses.packs.files import MAX_UPLOAD
from courses.packs.reader import read_files
from tests.factories.courses import EnrolmentFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(as_, hire):
    return as_(hire(Role.HR, locale="en"))


def upload(client, data, name="pack.zip"):
    return client.post("/courses/packs/", {"file": SimpleUploadedFile(name, data)})


def test_upload_shows_what_would_happen_and_changes_nothing(hr, files, zipped):
    response = upload(hr, zipped(files))

    assert response.context["lines"] == [
        "Topics: 1 new, 0 changed, 0 as before",
        "Courses: 1 new, 0 changed, 0 as before",
        "Units: 2 new, 0 changed, 0 as before",
    ]
    assert not Topic.objects.exists()


def test_what_was_looked_at_is_taken_once_however_often_it_is_sent(hr, files, zipped):
    token = upload(hr, zipped(files)).context["token"]

    targets = [hr.post("/courses/packs/apply/", {"token": token}).headers["Location"] for _click in range(2)]

    assert targets == ["/courses/", "/courses/"]
    assert list(Course.objects.values_list("code", "status")) == [("returns", "published")]


@pytest.fixture
def changed(hr, files, zipped):
    """The token of a pack that changes a course which learners have."""
    apply_pack(read_files(files), by=None, at=clock.now())
    files["rules/returns/02-exceptions.md"] = "## 新的例外"
    return upload(hr, zipped(files)).context["token"]


def test_new_versions_are_shown_and_ask_as_hr_chooses(hr, changed):
    enrolment = EnrolmentFactory(course=Course.objects.get(), completed_at=clock.now())
    due = clock.today() + timedelta(days=7)

    hr.post("/courses/packs/apply/", {"token": changed, "reask": "changed", "ask_due_on": due.isoformat()})

    assert Course.objects.get().version == 2
    asked = Enrolment.objects.exclude(pk=enrolment.pk).get()
    assert (asked.person, asked.version, asked.due_on) == (enrolment.person, 2, due)


def test_choice_without_a_date_is_said_at_the_field_and_nothing_is_changed(hr, changed):
    response = hr.post("/courses/packs/apply/", {"token": changed, "reask": "changed"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["ask_due_on"])
    assert response.context["outcome"].versions == ["七天无理由退货"]
    assert Course.objects.get().version == 1


def test_upload_of_somebody_else_is_not_taken(hr, as_, hire, files, zipped):
    token = upload(hr, zipped(files)).context["token"]

    response = as_(hire(Role.HR)).post("/courses/packs/apply/", {"token": token})

    assert response.headers["Location"] == "/courses/packs/"
    assert not Course.objects.exists()


@pytest.mark.parametrize("token", ["", "gone", "../x" * 100, "空 白\n"])
def test_upload_that_is_gone_is_asked_for_again(hr, token):
    response = hr.post("/courses/packs/apply/", {"token": token}, follow=True)

    assert "Please choose the file again" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not a zip", "This is not a zip file that can be opened."),
        (b"", "The submitted file is empty."),
        (b"0" * (MAX_UPLOAD + 1), "The file is larger than 30 MB."),
    ],
)
def test_file_that_is_not_what_it_says_is_refused_at_its_field(hr, data, message):
    response = upload(hr, data)

    assert (response.status_code, response.context["form"].errors) == (422, {"file": [message]})


def test_form_without_a_file_says_so(hr):
    assert list(hr.post("/courses/packs/").context["form"].errors) == ["file"]


def test_every_problem_of_the_pack_is_shown_with_its_file(hr, files, zipped):
    files["rules/topic.yaml"] += "colour: red\n"
    files["rules/returns/course.yaml"] = "{"

    response = upload(hr, zipped(files))

    html = response.content.decode()
    assert response.status_code == 422
    assert all(text in html for text in ("rules/topic.yaml", "colour", "rules/returns/course.yaml", "This is not YAML"))
    assert not Topic.objects.exists()
