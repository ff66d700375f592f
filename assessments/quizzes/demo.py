"""The demo's quarterly exam and its practice corner: questions, shelves, and two courses with their quizzes."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.files.base import ContentFile

from assessments.bank.categories import create_category
from assessments.questions.actions import Fields, save_question
from assessments.questions.models import Category, Question, Status
from assessments.quizzes.imports import import_quiz
from assessments.quizzes.presets import PRESETS
from courses.curriculum.actions import add_unit, create_course
from courses.curriculum.models import Course
from courses.curriculum.versions import publish_version
from courses.media.actions import store
from courses.models import Rubric, Topic
from trainingsite.core.demo import CONTENT, Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "noto-sans-sc"
DAY = timedelta(days=1)
PUBLISHED_AGO, CLOSES_IN = 85, 10


def tell(story: Story) -> None:
    row, owner = read("exam"), User.objects.get(username="instructor")
    for given in row["questions"]:
        save_question(None, by=owner, **fields_of(given, owner))
    _shelve(row)
    closes_at = moment(story.today + CLOSES_IN * DAY, 18)
    story.kept["exam"] = _course(story, row["exam"], owner, {"closes_at": closes_at})
    story.kept["corner"] = _course(story, row["corner"], owner, {})


def fields_of(given: Mapping[str, Any], owner: User, *, corrected: bool = False) -> Fields:
    """What the question is saved with; where the author was mistaken at first, the mistake until it is corrected."""
    content = dict(given["content"])
    if mistaken := given.get("wrong_first") if not corrected else None:
        content["options"] = [{"text": one["text"], "correct": one["text"] == mistaken} for one in content["options"]]
    if given["kind"] == "hotspot":
        content["image"] = _picture(given["picture"], owner)
    if given["kind"] == "essay" and given["code"] == read("exam")["by_rubric"]:
        content["rubric"] = Rubric.objects.in_use().get(title=read("practice")["rubric"]["title"]).pk
    return Fields(
        topic=Topic.objects.get(slug=given["topic"]),
        code=given["code"],
        kind=given["kind"],
        difficulty=given["difficulty"],
        status=given.get("status", Status.READY),
        stem=given["stem"],
        content=content,
        explanation=given["explanation"],
    )


def _picture(source: str, owner: User) -> str:
    """The picture in the library, drawn from its typst source; a point is a pixel."""
    path = CONTENT / "media" / source
    drawn = typst.compile(path, format="png", ppi=72, font_paths=[FONTS], ignore_system_fonts=True)
    return store(ContentFile(drawn, name=f"{path.stem}.png"), by=owner).short


def _shelve(row: Mapping[str, Any]) -> None:
    """Categories in two topics, and tags."""
    shelves: dict[tuple[str, ...], Category] = {}
    for slug, tops in row["categories"].items():
        topic = Topic.objects.get(slug=slug)
        for title, below in tops.items():
            shelves[slug, title] = top = create_category(topic, title=title)
            for one in below:
                shelves[slug, title, one] = create_category(topic, title=one, parent=top)
    for shelf in row["shelves"]:
        questions = Question.objects.filter(topic__slug=shelf["topic"], code__in=shelf["codes"])
        questions.update(category=shelves[shelf["topic"], *shelf["path"]], tags=shelf["tags"])


def _course(story: Story, row: Mapping[str, Any], owner: User, hours: Mapping[str, Any]) -> Course:
    texts = {name: row[name] for name in ("title", "code", "summary", "objectives")}
    course = create_course(topic=Topic.objects.get(slug=row["topic"]), by=owner, **texts)
    for given in row["units"]:
        body = {"body": given["body"]} if "body" in given else {}
        unit = add_unit(course, kind=given["kind"], title=given["title"], minutes=given["minutes"], **body)
        if "quiz" in given:
            preset = PRESETS[given["preset"]].values if "preset" in given else {}
            when = hours if given.get("preset") == "exam" else {}
            import_quiz(unit, {**preset, **given["quiz"], **when})
    publish_version(course, by=owner, at=moment(story.today - PUBLISHED_AGO * DAY))
    course.refresh_from_db()
    return course
