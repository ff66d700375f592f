"""The questions of a topic, as a content pack takes them."""

from collections.abc import Iterable, Sequence
from typing import Any

from assessments.questions.entries import Entry, entry_of, paths, short_form, titles_of_rubrics
from assessments.questions.models import Category, Question
from courses.models import Course, Topic

USUAL = {"language": "zh-hans"}


def export_questions(topic: Topic, _courses: Sequence[Course]) -> list[dict[str, Any]]:
    """Every question of the topic that is in use, as it is asked at present."""
    entries = entries_of(Question.objects.in_use().filter(topic=topic).order_by("code"))
    return [_in_pack(entry) for entry in entries]


def entries_of(questions: Any) -> list[Entry]:
    """The questions as entries, in their order; four queries at most."""
    found: Iterable[Question] = questions.filter(current__isnull=False).select_related("topic", "competency", "current")
    rows = list(found)
    shelves = {row.category_id for row in rows} - {None}
    named = paths(Category.objects.in_bulk()) if shelves else {}
    rubrics = titles_of_rubrics(row.current for row in rows if row.current)
    return [entry_of(row, row.current, named.get(row.category_id or 0, ""), rubrics) for row in rows if row.current]


def _in_pack(entry: Entry) -> Entry:
    """The folder names the topic, and what is usual is not said."""
    said = {name: value for name, value in entry.items() if name != "topic" and USUAL.get(name) != value}
    return short_form(said)
