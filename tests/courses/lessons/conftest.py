import pytest

from courses.curriculum.versions import publish_version
from courses.lessons.actions import attach_document, attach_recording
from courses.media.actions import store
from tests.courses.media import samples
from tests.courses.media.samples import upload
from tests.factories.courses import CourseFactory, UnitFactory
from trainingsite.core import clock


def published(unit):
    """The unit's course, offered to learners now that the unit is complete."""
    publish_version(unit.course, by=None, at=clock.now())
    unit.course.refresh_from_db()
    return unit


@pytest.fixture
def video(db):
    """A unit with a video of 100 seconds at an address, of which 90 % have to be played."""
    unit = UnitFactory(course=CourseFactory(draft=True, title="电话接待"), kind="video", title="接起电话的前十秒")
    attach_recording(unit, "https://video.example.com/call.mp4", stated=100)
    return published(unit)


@pytest.fixture
def clip(db):
    """A unit with a real video of 3.8 seconds."""
    unit = UnitFactory(course=CourseFactory(draft=True, title="退货流程"), kind="video", title="三步判断")
    media = store(upload(samples.CLIP, "三步判断.webm"), by=None)
    attach_recording(
        unit, media, transcript="先看订单，再看规则，最后回答。", captions="WEBVTT\n\n00:00.000 --> 00:02.000\n先看订单"
    )
    return published(unit)


@pytest.fixture
def tone(db):
    """A unit with a real audio of 4 seconds."""
    unit = UnitFactory(course=CourseFactory(draft=True), kind="audio", title="安抚开场白")
    attach_recording(unit, store(upload(samples.tone(4), "开场白.wav"), by=None))
    return published(unit)


@pytest.fixture
def leaflet(db):
    """A unit with a PDF of three pages."""
    unit = UnitFactory(course=CourseFactory(draft=True, title="退款规则"), kind="document", title="退款规则一页通")
    attach_document(unit, store(upload(samples.pdf(3), "退款规则.pdf"), by=None))
    return published(unit)
