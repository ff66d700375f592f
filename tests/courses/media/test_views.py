import pytest
from django.urls import reverse

from courses.lessons.actions import attach_document
from courses.media.actions import media_url, store
from courses.media.models import Media, library
from tests.courses.media import samples
from tests.courses.media.samples import upload
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(db):
    return store(upload(samples.png(), "退货流程.png"), by=None)


@pytest.fixture
def shown(picture):
    """A published course with an article that shows the picture."""
    course = CourseFactory()
    UnitFactory(course=course, body=f"看图:\n\n![退货流程]({picture.reference})")
    return course


def test_picture_of_a_course_reaches_its_learners(as_, hire, picture, shown):
    answer = as_(hire(Role.TRAINEE)).get(media_url(picture))

    assert b"".join(answer.streaming_content) == samples.png()
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "ETag", "Cache-Control")} == {
        "Content-Type": "image/png",
        "Content-Disposition": "inline; filename*=UTF-8''%E9%80%80%E8%B4%A7%E6%B5%81%E7%A8%8B.png",
        "ETag": f'"{picture.sha256}"',
        "Cache-Control": "private, max-age=3600",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


def test_picture_of_no_course_is_seen_by_makers_alone(as_, hire, picture):
    assert as_(hire(Role.TRAINEE)).get(media_url(picture)).status_code == 404
    assert as_(hire(Role.HR)).get(media_url(picture)).status_code == 200


def test_picture_of_a_draft_is_hidden_from_learners(as_, hire, picture):
    UnitFactory(course=CourseFactory(draft=True), body=f"![x]({picture.reference})")

    assert as_(hire(Role.TRAINEE)).get(media_url(picture)).status_code == 404


def test_who_has_the_course_still_sees_its_files_when_it_is_retired(as_, hire, picture):
    trainee, course = hire(Role.TRAINEE), CourseFactory(status="retired")
    UnitFactory(course=course, body=f"![x]({picture.reference})")
    assert as_(trainee).get(media_url(picture)).status_code == 404
    EnrolmentFactory(person=trainee, course=course)

    assert as_(trainee).get(media_url(picture)).status_code == 200


def test_picture_of_a_translation_is_seen_too(as_, hire, picture):
    UnitFactory(body="无图", translations={"en": {"body": f"![x]({picture.reference})"}})

    assert as_(hire(Role.TRAINEE)).get(media_url(picture)).status_code == 200


def test_document_comes_by_pieces_and_as_a_download(as_, hire):
    document = store(upload(samples.pdf(2), "退款规则.pdf"), by=None)
    attach_document(UnitFactory(course=CourseFactory(draft=True), kind="document"), document)
    hr = as_(hire(Role.HR))

    piece = hr.get(media_url(document), headers={"Range": "bytes=0-4"})

    assert (piece.status_code, b"".join(piece.streaming_content)) == (206, b"%PDF-")
    assert piece["Content-Disposition"].startswith("attachment;")
    assert hr.get(media_url(document), headers={"Range": f"bytes={document.size}-"}).status_code == 416


def test_file_that_is_lost_on_the_disk_is_404(as_, hire):
    lost = store(upload(samples.png(shade=3), "a.png"), by=None)
    library().delete(lost.file.name)

    assert as_(hire(Role.HR)).get(media_url(lost)).status_code == 404


def test_upload_answers_how_the_file_is_named(as_, hire):
    answer = as_(hire(Role.HR)).post(reverse("media-upload"), {"file": upload(samples.tone(2), "电话.wav")})

    kept = Media.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "key": kept.sha256,
        "url": f"/media/{kept.sha256[:12]}/",
        "name": "电话.wav",
        "kind": "audio",
        "size": len(samples.tone(2)),
        "seconds": 2.0,
        "pages": None,
        "reference": f"media:{kept.sha256[:12]}",
    }


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "必填"),
        ({"file": upload(b"", "a.png")}, "空"),
        ({"file": upload(b"no picture", "a.png")}, "PNG"),
        ({"file": upload(samples.png(), "a.png"), "kinds": "video"}, "视频"),
        ({"file": upload(samples.png(), "a.png"), "kinds": "nonsense"}, "nonsense"),
    ],
)
def test_refused_upload_says_why_and_keeps_nothing(as_, hire, data, said):
    answer = as_(hire(Role.HR)).post(reverse("media-upload"), data)

    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert not Media.objects.exists()


def test_list_takes_a_file_without_scripts(as_, hire):
    answer = as_(hire(Role.HR)).post(reverse("media"), {"file": upload(samples.png(), "流程.png")}, follow=True)

    assert "流程.png" in answer.content.decode()
    assert Media.objects.count() == 1


def test_list_shows_a_refusal_at_the_field(as_, hire):
    answer = as_(hire(Role.HR)).post(reverse("media"), {"file": upload(b"no picture", "a.png")})

    assert answer.status_code == 422
    assert "PNG" in answer.content.decode()


def test_picker_finds_pictures_by_name(as_, hire, picture):
    store(upload(samples.png(shade=1), "其他.png"), by=None)
    store(upload(samples.tone(1), "退货流程.wav"), by=None)

    page = as_(hire(Role.HR)).get(reverse("media-pictures"), {"q": "退货"}).content.decode()

    assert page.count("data-picture=") == 1
    assert picture.reference in page


@pytest.mark.parametrize("rows", [1, 30])
def test_list_takes_a_fixed_number_of_queries(as_, hire, django_assert_max_num_queries, rows):
    for number in range(rows):
        store(upload(samples.png(shade=number), f"{number}.png"), by=None)
    hr = as_(hire(Role.HR))

    with django_assert_max_num_queries(8):
        hr.get(reverse("media"))


def test_article_with_a_script_is_refused_at_its_line(as_, hire):
    course = CourseFactory(draft=True)
    data = {"title": "规则", "minutes": 5, "body": "好\n<script>alert(1)</script>"}

    answer = as_(hire(Role.HR)).post(reverse("unit-new", args=[course.pk, "article"]), data)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"body": ["第 2 行：正文里不能有脚本。"]}
    assert not course.units.exists()
