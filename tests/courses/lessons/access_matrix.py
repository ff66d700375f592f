from courses.curriculum.versions import publish_version
from courses.lessons.actions import attach_document, attach_recording
from courses.media.actions import store
from tests.access.matrix import Row
from tests.courses.media import samples
from tests.courses.media.samples import upload
from tests.factories.courses import CourseFactory, EnrolmentFactory, UnitFactory
from trainingsite.core import clock


def _lessons(world):
    """A published course with a recording and a document."""

    def make():
        course = CourseFactory(draft=True)
        recording, document = (UnitFactory(course=course, kind=kind) for kind in ("video", "document"))
        attach_recording(recording, store(upload(samples.CLIP, "a.webm"), by=None))
        attach_document(document, store(upload(samples.pdf(2), "a.pdf"), by=None))
        publish_version(course, by=None, at=clock.now())
        return {"recording": recording, "document": document}

    return world.make("lessons", make)


def _mine(name):
    def arguments(world, person):
        unit = _lessons(world)[name]
        enrolment = world.make(f"lesson of {person.pk}", lambda: EnrolmentFactory(person=person, course=unit.course))
        return {"pk": enrolment.pk, "unit_pk": unit.pk}

    return {"own": arguments, "foreign": lambda world, _person: arguments(world, world.stranger)}


def _draft(world, _person):
    return {"pk": world.make("draft lesson", lambda: UnitFactory(course=CourseFactory(draft=True), kind="video")).pk}


ROWS = {
    "lesson-edit": Row("hr instructor", own=_draft, methods="GET POST"),
    "learn-recording": Row("trainee", **_mine("recording")),
    "lesson-captions": Row("trainee", **_mine("recording")),
    "lesson-watched": Row("trainee", **_mine("recording"), methods="POST"),
    "learn-document": Row("trainee", **_mine("document")),
    "lesson-leafed": Row("trainee", **_mine("document"), methods="POST"),
}
