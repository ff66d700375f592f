"""Give courses away as a content pack that another company, or this one, can take again."""

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import yaml

from courses.curriculum.articles import ARTICLE
from courses.curriculum.models import Course, Unit
from courses.media.markdown import references
from courses.media.models import Media
from courses.packs.files import ROOT
from courses.packs.parts import TOPIC_PARTS, UNIT_PARTS, WHOLE_PARTS, Bag
from courses.topics.models import Topic


def pack_of(courses: Sequence[Course], *, title: str, on: date) -> bytes:
    """A zip with these courses in the versions that learners have, their topics, questions and files.

    Taken by the same company it changes nothing; taken by another it makes everything anew.
    """
    texts: dict[str, str] = {}
    bag = Bag()
    topics = _topics(courses)
    head = {"title": title, "version": on, "language": courses[0].language, "topics": [topic.slug for topic in topics]}
    texts[ROOT] = _yaml(head)
    for name, whole in WHOLE_PARTS.items():
        if rows := whole.dump(courses):
            texts[f"{name}.yaml"] = _yaml(rows)
    for topic in topics:
        texts[f"{topic.slug}/topic.yaml"] = _yaml(_topic(topic, topics))
        own = [course for course in courses if course.topic_id == topic.pk]
        for name, part in TOPIC_PARTS.items():
            if rows := part.dump(topic, own):
                texts[f"{topic.slug}/{name}.yaml"] = _yaml(rows)
        for course in own:
            _put_course(texts, bag, f"{topic.slug}/{course.code}", course, courses)
    return _zip(texts, bag)


def _topics(courses: Sequence[Course]) -> list[Topic]:
    """The topics of the courses and those above them, in the order of the tree."""
    wanted = {course.topic_id for course in courses}
    found: dict[int, Topic] = {}
    while fresh := wanted - set(found):
        found |= {topic.pk: topic for topic in Topic.objects.filter(pk__in=fresh)}
        wanted |= {topic.parent_id for topic in found.values() if topic.parent_id}
    return sorted(found.values(), key=lambda topic: (topic.parent_id or 0, topic.position, topic.pk))


def _topic(topic: Topic, topics: Sequence[Topic]) -> dict[str, Any]:
    slugs = {each.pk: each.slug for each in topics}
    head = {"slug": topic.slug, "order": topic.position, "parent": slugs.get(topic.parent_id or 0)}
    words = {"title": topic.title, "summary": topic.summary, "icon": topic.icon, "translations": topic.translations}
    return _given({**head, **words})


def _put_course(texts: dict[str, str], bag: Bag, folder: str, course: Course, courses: Sequence[Course]) -> None:
    units = []
    for number, unit in enumerate(course.units.in_use().order_by("position", "pk"), start=1):
        head = {"slug": unit.slug, "kind": unit.kind, "title": unit.title, "minutes": unit.minutes}
        if unit.kind == ARTICLE:
            head["file"] = f"{number:02}-{unit.slug}.md"
            texts[f"{folder}/{head['file']}"] = unit.body
            _take_pictures(bag, unit)
        parts = {name: part.dump(unit, bag) for name, part in UNIT_PARTS.items()}
        units.append(_given({**head, "translations": unit.translations, **parts}))
    texts[f"{folder}/course.yaml"] = _yaml(_given({**_course(course, courses), "units": units}))


def _course(course: Course, courses: Sequence[Course]) -> dict[str, Any]:
    """What the course says of itself; of what it builds on, only courses that go along."""
    along = {each.pk for each in courses}
    needs = [need.code for need in course.prerequisites.order_by("code") if need.pk in along]
    teaches = course.teaches.select_related("competency").order_by("competency__code")
    return {
        "code": course.code,
        "title": course.title,
        "summary": course.summary,
        "level": course.level,
        "objectives": course.objectives,
        "methods": list(course.methods),
        "prerequisites": needs,
        "teaches": {row.competency.code: row.level for row in teaches},
        "translations": course.translations,
    }


def _take_pictures(bag: Bag, unit: Unit) -> None:
    for key in references(unit.body):
        if media := Media.objects.pictures().filter(sha256__startswith=key).first():
            bag.put(media)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: a key that is missing means the same."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _yaml(content: Any) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def _zip(texts: dict[str, str], bag: Bag) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
        for key, media in bag.media.items():
            ending = (media.file.name or "").rpartition(".")[2]
            with media.file.open("rb") as file:
                archive.writestr(f"media/{key}.{ending}", file.read())
    return buffer.getvalue()
