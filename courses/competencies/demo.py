"""The demo company's framework in two versions, and what its courses teach, need and how they are taught."""

from typing import Any

from courses.competencies.actions import save_competency, set_teaches
from courses.competencies.models import Competency
from courses.competencies.ready import load_ready_framework
from courses.competencies.versions import publish_framework
from courses.curriculum.models import Course
from courses.prerequisites.actions import set_prerequisites
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User


def tell(story: Story) -> None:
    hr = User.objects.get(username="hr")
    load_ready_framework()
    publish_framework("首版：三类十四项能力，按岗位画像和近半年质检问题编写。", by=hr, at=moment(story.first_day, 10))
    _raise_the_bar()
    notes = "打字速度按大促复盘上调：熟练级同时接待由 3 位改为 4 位。"
    publish_framework(notes, by=hr, at=moment(story.today.replace(day=1), 11))
    _describe_courses(read("course_facts"))


def _raise_the_bar() -> None:
    """What changed from the first version to the second."""
    typing = Competency.objects.get(code="typing")
    levels = [
        {"title": level.title, "behaviours": level.behaviours, "translations": level.translations}
        for level in typing.levels.order_by("number")
    ]
    levels[2]["behaviours"] = levels[2]["behaviours"].replace("同时接待 3 位", "同时接待 4 位")
    save_competency(typing, group=typing.group, title=typing.title, levels=levels)  # type: ignore[arg-type]  # LevelText


def _describe_courses(facts: dict[str, Any]) -> None:
    courses = {course.code: course for course in Course.objects.all()}
    competencies = {row.code: row for row in Competency.objects.all()}
    for code, taught in facts["teaches"].items():
        if code in courses:
            set_teaches(courses[code], [(competencies[name], level) for name, level in taught.items()])
    for code, methods in facts["methods"].items():
        Course.objects.filter(code=code).update(methods=methods)
    for code, needs in facts["prerequisites"].items():
        if code in courses:
            set_prerequisites(courses[code], [courses[need] for need in needs if need in courses])
