import pytest

from courses.curriculum.kinds import UNIT_KINDS
from courses.lessons.actions import attach_document, attach_recording
from courses.lessons.models import Document, Recording
from courses.media.actions import store
from tests.courses.media import samples
from tests.courses.media.samples import upload
from tests.factories.courses import CourseFactory, UnitFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db
ADDRESS = "https://video.example.com/call.mp4"


@pytest.fixture
def draft(db):
    return CourseFactory(draft=True)


def facts(recording):
    return (recording.source, recording.url, recording.seconds, recording.watch_percent)


def test_file_brings_its_own_length(draft):
    unit = UnitFactory(course=draft, kind="video")
    media = store(upload(samples.CLIP, "a.webm"), by=None)

    recording = attach_recording(unit, media, watch_percent=80, transcript="你好")

    assert facts(recording) == ("upload", "", 3.785, 80)
    assert (recording.media, recording.transcript) == (media, "你好")


def test_attaching_again_replaces_what_was_there(draft):
    unit = UnitFactory(course=draft, kind="video")
    attach_recording(unit, store(upload(samples.CLIP, "a.webm"), by=None))

    recording = attach_recording(unit, ADDRESS, stated=95, measured=95.4)

    assert facts(recording) == ("url", ADDRESS, 95.4, 90)
    assert recording.media is None
    assert Recording.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"stated": 100, "measured": 130}, "length", "longer_than_it_says"),
        ({"stated": 100, "measured": 60}, "length", "shorter_than_it_says"),
        ({}, "length", "length_missing"),
        ({"stated": 700}, "minutes", "longer_than_it_says"),
    ],
)
def test_recording_that_is_not_as_long_as_it_says_is_refused(draft, given, field, code):
    unit = UnitFactory(course=draft, kind="video", minutes=10)

    with pytest.raises(Refused) as refusal:
        attach_recording(unit, ADDRESS, **given)

    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert not Recording.objects.exists()


@pytest.mark.parametrize("address", ["http://video.example.com/a.mp4", "javascript:alert(1)", ""])
def test_address_without_https_is_refused(draft, address):
    with pytest.raises(Refused) as refusal:
        attach_recording(UnitFactory(course=draft, kind="video"), address, stated=10)

    assert (refusal.value.field, refusal.value.code) == ("url", "not_https")


def test_audio_does_not_fit_a_video_unit(draft):
    tone = store(upload(samples.tone(1), "a.wav"), by=None)

    with pytest.raises(Refused) as refusal:
        attach_recording(UnitFactory(course=draft, kind="video"), tone)

    assert (refusal.value.field, refusal.value.code) == ("file", "wrong_kind")


def test_picture_is_no_document(draft):
    with pytest.raises(Refused) as refusal:
        attach_document(UnitFactory(course=draft, kind="document"), store(upload(samples.png(), "a.png"), by=None))

    assert (refusal.value.field, refusal.value.code) == ("file", "wrong_kind")


def test_what_learners_have_is_not_changed(video, leaflet):
    with pytest.raises(Refused) as refusal:
        attach_recording(video, ADDRESS, stated=50)
    assert refusal.value.code == "unit_frozen"

    with pytest.raises(Refused):
        attach_document(leaflet, leaflet.document.media)

    assert Recording.objects.get().seconds == 100


@pytest.mark.parametrize("kind", ["video", "audio", "document"])
def test_course_with_an_empty_lesson_cannot_be_published(draft, kind):
    unit = UnitFactory(course=draft, kind=kind)

    assert len(UNIT_KINDS[kind].problems(unit)) == 1


def test_course_with_full_lessons_can_be_published(video, tone, leaflet):
    assert [UNIT_KINDS[unit.kind].problems(unit) for unit in (video, tone, leaflet)] == [[], [], []]


def test_copy_for_a_new_version_has_its_own_rows_and_the_same_file(clip, leaflet):
    second = UnitFactory(course=clip.course, kind="video")
    UNIT_KINDS["video"].copy(clip, second)
    UNIT_KINDS["document"].copy(leaflet, other := UnitFactory(course=leaflet.course, kind="document"))

    assert facts(second.recording) == facts(clip.recording)
    assert (second.recording.media, second.recording.captions) == (clip.recording.media, clip.recording.captions)
    assert (other.document.media, other.document.pages) == (leaflet.document.media, 3)
    assert (Recording.objects.count(), Document.objects.count()) == (2, 2)


def test_kinds_say_what_completes_them(video, leaflet):
    assert "90" in UNIT_KINDS["video"].rule(video)
    assert "3" in UNIT_KINDS["document"].rule(leaflet)
