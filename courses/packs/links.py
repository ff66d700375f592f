"""What ties the rows of a pack together and to what it builds on: topics' places, prerequisites, competencies."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from courses.competencies.actions import set_teaches
from courses.competencies.models import Competency
from courses.curriculum.models import Course
from courses.media.markdown import problems as problems_of_text
from courses.packs.parts import WHOLE_PARTS, Problem
from courses.packs.reader import Pack, PackCourse
from courses.prerequisites.actions import set_prerequisites
from courses.topics.actions import place_topic
from courses.topics.models import Topic
from trainingsite.core.errors import Refused


def problems_of_texts(pack: Pack) -> list[Problem]:
    """Scripts, pictures that are not there and the like in the texts of units; the pack's own files are kept by now."""
    return [
        Problem(unit.place, message, course.file)
        for topic in pack.topics
        for course in topic.courses
        for unit in course.units
        for message in problems_of_text(unit.fields.get("body", ""))
    ]


def place_topics(pack: Pack, topics: Mapping[str, Topic]) -> list[Problem]:
    """Put each topic below the one that it names, which the pack or the company has."""
    problems = []
    for packed in pack.topics:
        if not packed.parent:
            continue
        try:
            _place(topics[packed.slug], packed.parent)
        except Refused as refusal:
            problems.append(Problem("parent", str(refusal.message), f"{packed.folder}/topic.yaml"))
    return problems


def _place(topic: Topic, slug: str) -> None:
    parent = Topic.objects.filter(slug=slug).first()
    if parent is None:
        raise Refused(_("There is no topic %(slug)s.") % {"slug": slug})
    if topic.parent_id != parent.pk:
        place_topic(topic, parent=parent)


def link_courses(pack: Pack, courses: Mapping[str, Course]) -> list[Problem]:
    """Set prerequisites and competencies of the courses that name them; the others keep theirs."""
    problems = []
    for packed in (course for topic in pack.topics for course in topic.courses):
        for name, link in (("prerequisites", _link_needs), ("teaches", _link_teaches)):
            try:
                link(packed, courses)
            except Refused as refusal:
                problems.append(Problem(name, str(refusal.message), packed.file))
    return problems


def _link_needs(packed: PackCourse, courses: Mapping[str, Course]) -> None:
    if packed.needs is None:
        return
    needs = {course.code: course for course in Course.objects.filter(code__in=packed.needs)}
    if missing := [code for code in packed.needs if code not in needs]:
        raise Refused(_("There is no course with the code %(codes)s.") % {"codes": ", ".join(missing)})
    set_prerequisites(courses[packed.code], needs.values())


def _link_teaches(packed: PackCourse, courses: Mapping[str, Course]) -> None:
    if packed.teaches is None:
        return
    found = {row.code: row for row in Competency.objects.filter(code__in=packed.teaches)}
    if missing := [code for code in packed.teaches if code not in found]:
        raise Refused(_("There is no competency with the code %(codes)s.") % {"codes": ", ".join(missing)})
    set_teaches(courses[packed.code], [(found[code], level) for code, level in packed.teaches.items()])


def hand_wholes(pack: Pack, *, early: bool) -> list[Problem]:
    """Hand the files beside pack.yaml to those who own them; every problem that they have with them."""
    return [
        Problem(problem.place, problem.message, problem.file or f"{name}.yaml")
        for name, content in pack.wholes.items()
        if WHOLE_PARTS[name].early == early
        for problem in WHOLE_PARTS[name].load(content)
    ]
