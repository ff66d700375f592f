"""The demo's short course of a video, an audio and a PDF, and how far some people are in it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import typst
import yaml
from django.conf import settings
from django.core.files.base import ContentFile

from courses.curriculum.actions import add_unit, create_course
from courses.curriculum.models import Course, Unit
from courses.curriculum.versions import publish_version
from courses.enrolment.actions import enrol, open_unit
from courses.enrolment.models import Enrolment
from courses.lessons.actions import attach_document, attach_recording
from courses.lessons.kinds import DOCUMENT
from courses.lessons.leafing import record_pages
from courses.lessons.watching import record_watch
from courses.media.actions import store
from courses.media.models import Media
from courses.topics.models import Topic
from trainingsite.core.demo import CONTENT, Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

FOLDER = CONTENT / "media"
FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "noto-sans-sc"
DAY = timedelta(days=1)
BEAT = 10.0
PEOPLE = 12
THROUGH = 7  # of them have watched, heard and read all of it


def tell(story: Story) -> None:
    """The course is 60 days old; the trainee is in the middle of the video, others are further."""
    row = yaml.safe_load((FOLDER / "lessons.yaml").read_text("utf-8"))
    course = _course(row, owner=User.objects.get(username="instructor"), story=story)
    video, audio, document = course.units.order_by("position")
    with silence():
        for number, enrolment in enumerate(_enrolled(story, course)):
            day = story.today - (20 - number) * DAY
            whole = 0 < number <= THROUGH
            _play(enrolment, video, day, share=1.0 if whole else 0.4)
            if whole:
                _play(enrolment, audio, day, share=1.0)
                record_pages(enrolment, document, [1, 2], page=2, at=moment(day) + timedelta(minutes=10))


def _course(row: dict[str, Any], *, owner: User, story: Story) -> Course:
    texts = {name: row[name] for name in ("title", "code", "summary", "objectives")}
    course = create_course(topic=Topic.objects.get(slug=row["topic"]), by=owner, **texts)
    for unit in row["units"]:
        _lesson(course, unit, owner)
    publish_version(course, by=owner, at=moment(story.today - 60 * DAY))
    course.refresh_from_db()
    return course


def _lesson(course: Course, row: dict[str, Any], owner: User) -> None:
    unit = add_unit(course, kind=row["kind"], title=row["title"], slug=row["slug"], minutes=row["minutes"])
    media = _kept(FOLDER / row["file"], row.get("name", row["file"]), owner)
    if row["kind"] == DOCUMENT:
        attach_document(unit, media)
    else:
        words = {name: row[name].strip() for name in ("transcript", "captions") if name in row}
        attach_recording(unit, media, **words)


def _kept(path: Path, name: str, owner: User) -> Media:
    """The file in the library; a typst source is made into its PDF first."""
    compiled = path.suffix == ".typ"
    content = typst.compile(path, font_paths=[FONTS], ignore_system_fonts=True) if compiled else path.read_bytes()
    return store(ContentFile(content, name=name), by=owner)


def _enrolled(story: Story, course: Course) -> list[Enrolment]:
    """The demo's trainee, and the agents who were hired last."""
    team = User.objects.employed(story.today).in_department(story.kept["department"]["after-sale"])
    others = team.exclude(username__in=["trainee", "mentor", "supervisor"]).order_by("-hired_on", "pk")
    people = [User.objects.get(username="trainee"), *others[: PEOPLE - 1]]
    return [enrol(person, course, on=story.today - 30 * DAY, due_on=story.today + 14 * DAY) for person in people]


def _play(enrolment: Enrolment, unit: Unit, day: date, *, share: float) -> None:
    """Played from the beginning at its own speed, a beat every ten seconds."""
    began = moment(day)
    open_unit(enrolment, unit, at=began)
    end, here = (unit.recording.seconds or 0) * share, 0.0
    while here < end:
        further = min(here + BEAT, end)
        at = began + timedelta(seconds=further + 1)
        record_watch(enrolment, unit, from_s=here, to_s=further, rate=1.0, at=at)
        here = further
