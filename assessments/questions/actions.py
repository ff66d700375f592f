"""Writing and retiring questions."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NotRequired, TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.questions import tags as tagging
from assessments.questions.models import Category, Question, QuestionVersion, Status
from assessments.questions.types.base import type_of
from assessments.questions.uses import kept_ready
from courses.media import markdown
from courses.models import Competency, Topic
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

KEPT = ("competency", "category", "tags", "language", "source")


class Fields(TypedDict):
    """What an author gives; without a `code` the question gets the next one of its topic."""

    topic: Topic
    code: str
    kind: str
    difficulty: int
    stem: str
    content: Mapping[str, Any]
    explanation: str
    competency: NotRequired[Competency | None]
    category: NotRequired[Category | None]
    tags: NotRequired[Sequence[str]]
    status: NotRequired[str]
    language: NotRequired[str]
    source: NotRequired[str]
    translations: NotRequired[dict[str, Any]]
    note: NotRequired[str]


@transaction.atomic
def save_question(question: Question | None, *, by: User | None, **fields: Unpack[Fields]) -> Question:
    """Make a question, or change one: a changed wording is a new version, and attempts keep the one they saw."""
    Topic.objects.select_for_update().get(pk=fields["topic"].pk)  # a form that is sent twice waits here for the first
    if question is None:
        question = Question(kind=fields["kind"], owner=by)
    else:
        question = Question.objects.select_for_update(of=["self"]).select_related("current").get(pk=question.pk)
    _check(question, fields)
    wording = worded(fields["kind"], fields["stem"], fields["content"], fields["explanation"])
    kept = question.current.translations if question.current else {}
    wording.translations = checked_translations(fields["translations"]) if "translations" in fields else kept
    wording.note = fields.get("note", "")
    _refuse_twin(question, fields["topic"], wording)
    question.topic, question.difficulty = fields["topic"], fields["difficulty"]
    for name in KEPT:
        if name in fields:
            setattr(question, name, fields[name])  # type: ignore[literal-required]  # KEPT names keys of Fields
    _tidy_place(question, named="category" in fields)
    question.tags = tagging.tidy(question.tags)
    if "status" in fields:
        _set_status(question, fields["status"])
    question.code = fields["code"] or question.code or next(next_codes(fields["topic"]))
    question.save()
    if differs(question.current, wording):
        add_version(question, wording, by)
    return question


def worded(kind: str, stem: str, content: Mapping[str, Any], explanation: str) -> QuestionVersion:
    """The wording as it would be kept; refused when it can't be asked."""
    if not stem.strip():
        raise Refused(_("The question is empty."), field="stem", code="empty")
    _refuse_unsafe(stem, "stem")
    _refuse_unsafe(explanation, "explanation")
    return QuestionVersion(stem=_tidy(stem), content=type_of(kind).check(content), explanation=_tidy(explanation))


def _refuse_unsafe(text: str, field: str) -> None:
    """Scripts, and pictures that are not there or say nothing to those who cannot see them."""
    if "<" in text or ":" in text:  # nothing else can hold either
        for problem in markdown.problems(text):
            raise Refused(problem, field=field, code="markdown")


def checked_translations(given: Any) -> dict[str, Any]:
    """Translations of the shape that `QuestionVersion` describes, without empty texts; refused otherwise."""
    found = {}
    for language, texts in given.items():
        parts = texts.get("texts", {}) if isinstance(texts, Mapping) else None
        if language not in dict(settings.LANGUAGES) or not isinstance(parts, Mapping):
            message = _("Translations: {language: {stem, explanation, texts: {path: text}}}.")
            raise Refused(message, field="translations", code="shape")
        own = {name: _tidy(str(texts[name])) for name in ("stem", "explanation") if texts.get(name)}
        for name, text in own.items():
            _refuse_unsafe(text, name)
        tidy = {str(path): _tidy(str(text)) for path, text in parts.items() if text}
        if kept := {**own, "texts": tidy} if tidy else own:
            found[language] = kept
    return found


def differs(old: QuestionVersion | None, new: QuestionVersion) -> bool:
    """Whether the new wording would be a new version."""
    return old is None or _wording(old) != _wording(new)


def _wording(version: QuestionVersion) -> tuple[Any, ...]:
    return version.stem, version.content, version.explanation, version.translations


def add_version(question: Question, wording: QuestionVersion, by: User | None) -> None:
    wording.question, wording.author = question, by
    wording.number = question.current.number + 1 if question.current else 1
    wording.save()
    question.current = wording
    question.save(update_fields=["current"])


def next_codes(topic: Topic) -> Iterator[str]:
    """The topic's slug with the free numbers after those it has."""
    taken = set(Question.objects.filter(code__startswith=f"{topic.slug}-").values_list("code", flat=True))
    numbered = (f"{topic.slug}-{n:03}" for n in count(len(taken) + 1))
    return (code for code in numbered if code not in taken)


@transaction.atomic
def set_status(question: Question, status: str) -> Question:
    """Make it a draft, ready for quizzes, or retire it; only what is ready can be asked. A repeat is harmless."""
    found = Question.objects.select_for_update(of=["self"]).select_related("current").get(pk=question.pk)
    _set_status(found, status)
    found.save(update_fields=["status", "retired_at", "replaced_by"])
    return found


def _set_status(question: Question, status: str) -> None:
    if status == question.status:
        return
    if status != Status.READY and question.pk:
        refuse_while_asked(question.pk)
    question.become(status, at=clock.now())


def refuse_while_asked(question: int) -> None:
    """Only what is ready can be asked."""
    if words := kept_ready([question]).get(question):
        raise Refused(words, field="status", code="in_use")


def retire_question(question: Question) -> Question:
    """Take the question out of the bank; refused while a quiz asks it. Attempts that asked it stay as they are."""
    return set_status(question, Status.RETIRED)


def _tidy_place(question: Question, *, named: bool) -> None:
    """A question stands in a category of its topic; one that moves to another topic leaves the shelf it had."""
    if question.category is None or question.category.topic_id == question.topic_id:
        return
    if named:
        message = _("The category “%(category)s” belongs to another topic.") % {"category": question.category}
        raise Refused(message, field="category", code="other_topic")
    question.category = None


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _check(question: Question, fields: Fields) -> None:
    if question.kind != fields["kind"]:
        raise Refused(_("The kind of a question stays; make a new question instead."), field="kind", code="fixed")
    if fields["code"] and Question.objects.filter(code=fields["code"]).exclude(pk=question.pk).exists():
        raise Refused(_("Another question has this code."), field="code", code="duplicate")


def _refuse_twin(question: Question, topic: Topic, wording: QuestionVersion) -> None:
    twins = Question.objects.in_use().filter(topic=topic, kind=question.kind, current__stem=wording.stem)
    twin = twins.filter(current__content=wording.content).exclude(pk=question.pk).first()
    if twin:
        raise Refused(_("%(code)s asks the same already.") % {"code": twin.code}, field="stem", code="duplicate")
