import json
from datetime import timedelta

import pytest
from django.urls import reverse

from courses.lessons.models import PageProgress, Recording, WatchProgress
from courses.media.actions import store
from courses.media.models import Media
from tests.courses.media import samples
from tests.courses.media.samples import upload
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
ADDRESS = "https://video.example.com/call.mp4"


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE)


@pytest.fixture
def hr(as_, hire):
    return as_(hire(Role.HR))


@pytest.fixture
def draft(db):
    """A video unit of a course that nobody has yet; nothing to play."""
    return UnitFactory(course=CourseFactory(draft=True), kind="video", minutes=5)


def given(person, unit):
    return EnrolmentFactory(person=person, course=unit.course)


def report(client, name, enrolment, unit, report):
    return client.post(reverse(name, args=[enrolment.pk, unit.pk]), {"report": json.dumps(report)})


EMPTY = dict.fromkeys(("url", "length", "measured", "transcript", "captions", "kept"), "")


def form(**changes):
    return {"title": "接起电话", "minutes": 5, "source": "upload", "watch_percent": 90} | EMPTY | changes


# --- Learning ------------------------------------------------------------------------------------------------------


def test_page_plays_from_where_one_stopped(as_, trainee, clip):
    enrolment = given(trainee, clip)
    client = as_(trainee)
    client.get(reverse("learn-recording", args=[enrolment.pk, clip.pk]))
    WatchProgress.objects.update(position_seconds=2.5, watched=[[0, 1892]])

    answer = client.get(reverse("learn-recording", args=[enrolment.pk, clip.pk]))

    page = answer.content.decode()
    assert 'data-position="2.50"' in page
    assert answer.context["percent"] == 49
    assert "先看订单，再看规则，最后回答。" in page
    assert "media-src" not in answer["Content-Security-Policy"]


def test_page_of_a_recording_elsewhere_may_load_from_that_host_alone(as_, trainee, video):
    enrolment = given(trainee, video)

    answer = as_(trainee).get(reverse("learn-recording", args=[enrolment.pk, video.pk]))

    assert "media-src 'self' https://video.example.com;" in answer["Content-Security-Policy"] + ";"


def test_beats_count_as_far_as_the_clock_allows(as_, trainee, clip):
    enrolment = given(trainee, clip)
    client = as_(trainee)
    with clock.frozen(clock.now() - timedelta(minutes=1)):
        client.get(reverse("learn-recording", args=[enrolment.pk, clip.pk]))

    first = report(client, "lesson-watched", enrolment, clip, [{"from": 0, "to": 2, "rate": 1, "ago": 0}])
    skipped = report(client, "lesson-watched", enrolment, clip, [{"from": 3.7, "to": 3.785, "ago": 0}])

    assert first.json() == {"percent": 52, "position": 2.0, "done": False}
    assert skipped.json()["done"] is False
    assert enrolment.progress.get().completed_at is None


def test_beats_of_the_whole_recording_complete_the_course(as_, trainee, tone):
    enrolment = given(trainee, tone)
    client = as_(trainee)
    with clock.frozen(clock.now() - timedelta(minutes=1)):
        client.get(reverse("learn-recording", args=[enrolment.pk, tone.pk]))

    answer = report(client, "lesson-watched", enrolment, tone, [{"from": 0, "to": 4, "rate": 1, "ago": 0}])

    enrolment.refresh_from_db()
    assert answer.json() == {"percent": 100, "position": 4.0, "done": True}
    assert enrolment.completed_at is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "{}",
        "[]",
        "[1]",
        '[{"from": 0}]',
        '[{"from": "a", "to": 1}]',
        '[{"from": 0, "to": true}]',
        "[null]",
    ],
)
def test_beats_that_cannot_be_read_are_refused(as_, trainee, clip, text):
    enrolment = given(trainee, clip)

    answer = as_(trainee).post(reverse("lesson-watched", args=[enrolment.pk, clip.pk]), {"report": text})

    assert (answer.status_code, list(answer.json())) == (422, ["error"])
    assert not WatchProgress.objects.exists()


def test_who_was_withdrawn_gets_a_conflict(as_, trainee, clip):
    enrolment = given(trainee, clip)
    enrolment.withdrawn_at = clock.now()
    enrolment.save()

    answer = report(as_(trainee), "lesson-watched", enrolment, clip, [{"from": 0, "to": 2}])

    assert (answer.status_code, answer.json()["code"]) == (409, "enrolment_withdrawn")


def test_unit_of_another_course_is_404(as_, trainee, clip, tone):
    enrolment = given(trainee, tone)

    assert report(as_(trainee), "lesson-watched", enrolment, clip, [{"from": 0, "to": 2}]).status_code == 404


def test_captions_come_as_text_tracks(as_, trainee, clip):
    enrolment = given(trainee, clip)

    answer = as_(trainee).get(reverse("lesson-captions", args=[enrolment.pk, clip.pk]))

    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.content.decode().startswith("WEBVTT")


def test_pages_that_were_shown_are_kept(as_, trainee, leaflet):
    enrolment = given(trainee, leaflet)
    client = as_(trainee)

    some = report(client, "lesson-leafed", enrolment, leaflet, {"seen": [1, 2], "page": 2})
    page = client.get(reverse("learn-document", args=[enrolment.pk, leaflet.pk]))
    rest = report(client, "lesson-leafed", enrolment, leaflet, {"seen": [3], "page": 3})

    assert some.json() == {"seen": [1, 2], "page": 2, "done": False}
    assert 'data-seen="[1, 2]"' in page.content.decode()
    assert rest.json() == {"seen": [1, 2, 3], "page": 3, "done": True}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"seen": 1, "page": 1}', '{"seen": ["a"], "page": 1}'])
def test_pages_that_cannot_be_read_are_refused(as_, trainee, leaflet, text):
    enrolment = given(trainee, leaflet)

    answer = as_(trainee).post(reverse("lesson-leafed", args=[enrolment.pk, leaflet.pk]), {"report": text})

    assert answer.status_code == 422
    assert not PageProgress.objects.exists()


@pytest.mark.parametrize(("name", "kind"), [("learn-recording", "video"), ("learn-document", "document")])
def test_lesson_without_a_file_says_so(as_, trainee, name, kind):
    unit = UnitFactory(kind=kind)
    enrolment = given(trainee, unit)

    answer = as_(trainee).get(reverse(name, args=[enrolment.pk, unit.pk]))

    assert answer.status_code == 200
    assert "data-report" not in answer.content.decode()


def test_page_takes_few_queries(as_, trainee, clip, django_assert_max_num_queries):
    enrolment = given(trainee, clip)
    for _unit in range(20):
        UnitFactory(course=clip.course)
    client = as_(trainee)
    client.get(reverse("learn-recording", args=[enrolment.pk, clip.pk]))

    with django_assert_max_num_queries(17):  # of these, eight note that the unit was opened
        client.get(reverse("learn-recording", args=[enrolment.pk, clip.pk]))


# --- Making --------------------------------------------------------------------------------------------------------


def test_new_unit_leads_to_the_page_for_its_file(hr):
    course = CourseFactory(draft=True)

    answer = hr.post(reverse("unit-new", args=[course.pk, "video"]), {"title": "接起电话", "minutes": 5})

    assert answer.url == reverse("lesson-edit", args=[course.units.get().pk])


def test_recording_is_uploaded_with_the_form(hr, draft):
    answer = hr.post(reverse("lesson-edit", args=[draft.pk]), form(file=upload(samples.CLIP, "a.webm"), minutes=2))

    recording = Recording.objects.get()
    draft.refresh_from_db()
    assert answer.url == reverse("course", args=[draft.course_id])
    assert (recording.unit, recording.seconds, recording.source) == (draft, 3.785, "upload")
    assert (draft.title, draft.minutes) == ("接起电话", 2)


def test_recording_that_went_up_before_is_named_by_its_digest(hr, draft):
    media = store(upload(samples.MP4, "a.mp4"), by=None)

    hr.post(reverse("lesson-edit", args=[draft.pk]), form(kept=media.sha256))

    assert Recording.objects.get().media == media


def test_file_stays_when_only_words_change(hr, draft):
    hr.post(reverse("lesson-edit", args=[draft.pk]), form(file=upload(samples.CLIP, "a.webm")))

    hr.post(reverse("lesson-edit", args=[draft.pk]), form(transcript="您好，请讲。", watch_percent=50))

    recording = Recording.objects.get()
    assert (recording.transcript, recording.watch_percent) == ("您好，请讲。", 50)
    assert recording.media.name == "a.webm"


def test_address_is_taken_with_the_length_that_was_typed(hr, draft):
    hr.post(reverse("lesson-edit", args=[draft.pk]), form(source="url", url=ADDRESS, length="3：05", measured="184.6"))

    recording = Recording.objects.get()
    assert (recording.source, recording.url, recording.seconds) == ("url", ADDRESS, 184.6)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "file"),
        ({"file": upload(samples.png(), "a.mp4")}, "file"),
        ({"file": upload(samples.tone(1), "a.mp4")}, "file"),
        ({"file": upload(samples.lying(1), "a.webm")}, "file"),
        ({"kept": "0" * 64}, "kept"),
        ({"source": "url"}, "url"),
        ({"source": "url", "url": "http://example.com/a.mp4", "length": "1:00"}, "url"),
        ({"source": "url", "url": "javascript:alert(1)", "length": "1:00"}, "url"),
        ({"source": "url", "url": ADDRESS}, "length"),
        ({"source": "url", "url": ADDRESS, "length": "3 minutes"}, "length"),
        ({"source": "url", "url": ADDRESS, "length": "3:00", "measured": "400"}, "length"),
        ({"source": "url", "url": ADDRESS, "length": "9:00"}, "minutes"),
        ({"file": upload(samples.CLIP, "a.webm"), "watch_percent": 0}, "watch_percent"),
        ({"file": upload(samples.CLIP, "a.webm"), "captions": "no captions"}, "captions"),
        ({"file": upload(samples.CLIP, "a.webm"), "title": ""}, "title"),
    ],
)
def test_bad_recording_is_refused_at_its_field_and_changes_nothing(hr, draft, changes, field):
    answer = hr.post(reverse("lesson-edit", args=[draft.pk]), form(**changes))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Recording.objects.exists()
    draft.refresh_from_db()
    assert draft.title != "接起电话"


def test_document_is_uploaded_with_the_form(hr):
    unit = UnitFactory(course=CourseFactory(draft=True), kind="document")
    data = {"title": "退款规则", "minutes": 3, "kept": "", "file": upload(samples.pdf(2), "a.pdf")}

    hr.post(reverse("lesson-edit", args=[unit.pk]), data)

    assert (unit.document.pages, Media.objects.get().kind) == (2, "document")


def test_document_without_a_file_is_refused(hr):
    unit = UnitFactory(course=CourseFactory(draft=True), kind="document")

    answer = hr.post(reverse("lesson-edit", args=[unit.pk]), {"title": "退款规则", "minutes": 3, "kept": ""})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_what_learners_have_leads_to_where_it_is_looked_at(hr, clip):
    answer = hr.post(reverse("lesson-edit", args=[clip.pk]), form(watch_percent=1))

    assert answer.url == reverse("unit-look", args=[clip.pk])
    assert Recording.objects.get().watch_percent == 90


def test_in_a_new_version_a_copy_is_changed(hr, clip):
    from courses.curriculum.versions import start_version

    start_version(clip.course, by=None, at=clock.now())

    hr.post(reverse("lesson-edit", args=[clip.pk]), form(watch_percent=50))

    assert list(Recording.objects.order_by("pk").values_list("unit_id", "watch_percent")) == [
        (clip.pk, 90),
        (clip.replacements.get().pk, 50),
    ]
    assert len(set(Recording.objects.values_list("media", flat=True))) == 1
