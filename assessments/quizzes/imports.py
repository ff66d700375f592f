"""The `quiz:` part of a unit in a content pack."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from assessments.questions import categories
from assessments.questions.models import Category, Question
from assessments.quizzes.actions import quiz_of
from assessments.quizzes.models import Quiz
from assessments.quizzes.plan import Part, PlannedSection, set_plan
from assessments.quizzes.pools import tidy
from assessments.quizzes.settings import HOURS, SETTINGS, check, usual
from courses.models import Competency, Topic, Unit
from trainingsite.core.errors import Refused

ASKS = ("questions", "sections")
POOL = {"topic", "category", "tags", "difficulty", "kind", "competency"}
_QUESTION, _DRAW, _SECTION = (
    {"question", "points"},
    {"draw", "points", *POOL},
    {"title", "note", "shuffle", "questions"},
)


def import_quiz(unit: Unit, part: Any) -> None:
    """Give the unit's quiz its settings, sections and questions; the topic's questions are there by then."""
    if not isinstance(part, dict):
        raise Refused(_("A quiz has settings and a list of questions."), field="quiz", code="shape")
    _check_texts(part)
    settings = {str(key): value for key, value in part.items() if key not in ASKS}
    _only(settings, SETTINGS, "quiz")
    plan = _Reader(part).plan()
    quiz = quiz_of(unit)
    _set(quiz, settings)
    set_plan(quiz, plan)


def _check_texts(value: Any) -> None:
    """Refuse characters that no text of ours can keep, wherever they stand."""
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for inner in value:
            _check_texts(inner)
    elif isinstance(value, str) and any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value):
        raise Refused(_("This holds characters that are no text."), field="quiz", code="no_text")


class _Reader:
    """Reads what a quiz asks; every code is looked up at once."""

    def __init__(self, part: Mapping[str, Any]) -> None:
        self.before = _listed(part.get("questions"), "quiz.questions")
        self.sections = [_mapping(one, "quiz.sections") for one in _listed(part.get("sections"), "quiz.sections")]
        every = [
            *self.before,
            *(entry for one in self.sections for entry in _listed(one.get("questions"), "quiz.sections")),
        ]
        if not every:
            raise Refused(_("The quiz names no question."), field="quiz.questions", code="no_question")
        codes = [_code(entry) for entry in every]
        self.questions = {one.code: one for one in Question.objects.in_use().filter(code__in=filter(None, codes))}
        missing = [code for code in codes if code and code not in self.questions]
        if missing:
            message = _("No such question: %(codes)s.") % {"codes": ", ".join(missing)}
            raise Refused(message, field="quiz.questions", code="unknown_question")
        self.asked: set[str] = set()

    def plan(self) -> list[PlannedSection]:
        return [PlannedSection(parts=self._parts(self.before)), *(self._section(one) for one in self.sections)]

    def _section(self, given: Mapping[str, Any]) -> PlannedSection:
        _only(given, _SECTION, "quiz.sections")
        title = str(given.get("title") or "").strip()
        if not title or len(title) > 100:  # noqa: PLR2004 - as the column
            raise Refused(_("A section needs a title."), field="quiz.sections", code="no_title")
        shuffle = given.get("shuffle", True)
        if not isinstance(shuffle, bool):
            raise Refused(_("Say true or false."), field="quiz.sections.shuffle", code="invalid")
        parts = self._parts(_listed(given.get("questions"), "quiz.sections"))
        return PlannedSection(title, str(given.get("note") or "").strip(), shuffle, parts)

    def _parts(self, entries: Iterable[Any]) -> list[Part]:
        """The questions and draws; a question that is named again is asked once."""
        found = []
        for entry in entries:
            code = _code(entry)
            if code is None:
                found.append(_draw(entry))
            elif code not in self.asked:
                self.asked.add(code)
                found.append(self._question(code, entry))
        return found

    def _question(self, code: str, entry: Any) -> Part:
        if not isinstance(entry, Mapping):
            return Part(self.questions[code])
        _only(entry, _QUESTION, "quiz.questions")
        points = None if entry.get("points") is None else _number(entry["points"], "points")
        return Part(self.questions[code], points=points)


def _code(entry: Any) -> str | None:
    """The code of the question that the entry names; None for a draw."""
    if isinstance(entry, Mapping):
        return None if "draw" in entry else str(entry.get("question"))
    return str(entry)


def _draw(entry: Mapping[str, Any]) -> Part:
    _only(entry, _DRAW, "quiz.questions")
    pool = {name: value for name, value in entry.items() if name in POOL and value}
    for name in ("tags", "difficulty", "kind"):
        if name in pool:
            pool[name] = _listed(pool[name], f"quiz.questions.{name}")
            if not all(isinstance(value, str | int) for value in pool[name]):
                raise Refused(_("This must be a list."), field=f"quiz.questions.{name}", code="shape")
    if "topic" in pool:
        pool["topic"] = _one(Topic.objects.filter(slug=str(pool["topic"])), pool["topic"], "topic")
    if "competency" in pool:
        pool["competency"] = _one(
            Competency.objects.filter(code=str(pool["competency"])), pool["competency"], "competency"
        )
    if "category" in pool:
        pool["category"] = _category(_mapping(pool["category"], "quiz.questions.category"))
    draw, points = _number(entry["draw"], "draw"), _number(entry.get("points", 1), "points")
    return Part(pool=tidy(pool), draw=draw, points=points)


def _one(found: Any, value: Any, name: str) -> int:
    pk: int | None = found.values_list("pk", flat=True).first()
    if pk is None:
        message = _("There is no “%(value)s”.") % {"value": value}
        raise Refused(message, field=f"quiz.questions.{name}", code="unknown")
    return pk


def _category(given: Mapping[str, Any]) -> int:
    """A category is written {topic: its topic's slug, path: "Returns / Exceptions"}."""
    ways = categories.ways()
    within = Category.objects.filter(topic__slug=str(given.get("topic")))
    fitting = [category.pk for category in within if ways[category.pk] == str(given.get("path"))]
    return _one(Category.objects.filter(pk__in=fitting), given.get("path"), "category")


def _set(quiz: Quiz, given: Mapping[str, Any]) -> None:
    """The settings, as usual where the pack says nothing; one `shuffle` was for questions and options once."""
    values = {**usual(), "shuffle_options": given.get("shuffle", True), **given}
    for name in HOURS:
        values[name] = _moment(values[name], name)
    changed = {name: value for name, value in values.items() if getattr(quiz, name) != value}
    for name, value in changed.items():
        setattr(quiz, name, value)
    try:
        check(quiz)
    except Refused as refusal:
        refusal.field = f"quiz.{refusal.field}"
        raise
    if changed:
        quiz.save()


def _moment(value: Any, name: str) -> datetime | None:
    """A moment as YAML gives it, or written out; without a zone it is our own time."""
    if value is None:
        return None
    try:
        found = value if isinstance(value, datetime) else parse_datetime(str(value))
    except ValueError:
        found = None
    if found is None:
        raise Refused(_("Write a moment as 2026-05-31 18:00."), field=f"quiz.{name}", code="invalid")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def _only(given: Mapping[str, Any], known: Iterable[str], field: str) -> None:
    unknown = [str(key) for key in given if key not in set(known)]
    if unknown:
        raise Refused(_("Unknown setting: %(names)s.") % {"names": ", ".join(unknown)}, field=field, code="unknown")


def _listed(value: Any, field: str) -> Sequence[Any]:
    if value is not None and not isinstance(value, list):
        raise Refused(_("This must be a list."), field=field, code="no_question")
    return value or []


def _mapping(value: Any, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Refused(_("This must have names and values."), field=field, code="shape")
    return value


def _number(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(_("This must be a whole number."), field=f"quiz.questions.{name}", code="invalid")
    return value
