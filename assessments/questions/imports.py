"""Questions out of a content pack: all of a topic at once, twice as harmless as once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.questions.actions import differs, worded
from assessments.questions.models import Difficulty, Kind, Question, QuestionVersion
from assessments.questions.types.base import TYPES
from assessments.questions.types.choice import truth
from courses.models import Topic
from courses.packs.parts import Problem
from trainingsite.core.errors import Refused

BATCH = 1000
LONGEST_CODE = 64


@dataclass(frozen=True)
class Draft:
    code: str
    kind: str
    difficulty: int
    wording: QuestionVersion


@transaction.atomic
def import_questions(topic: Topic, entries: list[Any]) -> list[Problem]:
    """Make or change the topic's questions; returns what is wrong, and then nothing was changed."""
    drafts, problems = read(entries)
    known = _known([draft.code for draft in drafts])
    clashes = [(draft.code, _clash(draft, known[draft.code], topic)) for draft in drafts if draft.code in known]
    problems += [Problem(code, message) for code, message in clashes if message]
    if not problems:
        _write(topic, drafts, known)
    return problems


def read(entries: list[Any]) -> tuple[list[Draft], list[Problem]]:
    """The entries as drafts, and what is wrong with those that are none."""
    drafts: dict[str, Draft] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        name = _name(entry, number)
        try:
            draft = _draft(entry)
        except Refused as refusal:
            problems.append(Problem(f"{name}.{refusal.field}" if refusal.field else name, str(refusal.message)))
            continue
        if draft.code in drafts:
            problems.append(Problem(f"{name}.code", _("This code stands twice.")))
        drafts[draft.code] = draft
    return list(drafts.values()), problems


def _name(entry: object, number: int) -> str:
    code = entry.get("code") if isinstance(entry, Mapping) else None
    return str(code or f"#{number}")


def _draft(entry: object) -> Draft:
    if not isinstance(entry, Mapping):
        raise Refused(_("This is no question but plain text."), code="shape")
    code, kind, difficulty = str(entry.get("code") or ""), entry.get("kind"), entry.get("difficulty", 1)
    if not code or len(code) > LONGEST_CODE:
        raise Refused(_("The code is missing or too long."), field="code")
    if kind not in TYPES:
        raise Refused(_("The kind must be one of %(kinds)s.") % {"kinds": ", ".join(TYPES)}, field="kind")
    if difficulty not in Difficulty.values:
        raise Refused(_("The difficulty must be 1, 2 or 3."), field="difficulty")
    wording = worded(kind, str(entry.get("stem") or ""), _content(kind, entry), str(entry.get("explanation") or ""))
    return Draft(code, kind, difficulty, wording)


def _content(kind: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The content, or the short form of the kinds with options: `options` or `answer` beside the question."""
    content = entry.get("content")
    if content is not None and not isinstance(content, Mapping):
        raise Refused(_("The content must be a list of names and values."), field="content", code="shape")
    if content is not None:
        return content
    answer = entry.get("answer")
    if kind == Kind.TRUE_FALSE:
        return truth(answer) if isinstance(answer, bool) else {}
    return {"options": entry.get("options") or []}


def _known(codes: list[str]) -> dict[str, Question]:
    found = Question.objects.select_for_update(of=["self"]).select_related("current").filter(code__in=codes)
    return {question.code: question for question in found}


def _clash(draft: Draft, question: Question, topic: Topic) -> str:
    if question.topic_id != topic.pk:
        return _("A question of another topic has this code.")
    if question.kind != draft.kind:
        return _("The kind of a question stays; make a new question instead.")
    return ""


def _write(topic: Topic, drafts: list[Draft], known: dict[str, Question]) -> None:
    fresh = [
        Question(topic=topic, code=d.code, kind=d.kind, difficulty=d.difficulty) for d in drafts if d.code not in known
    ]
    Question.objects.bulk_create(fresh, batch_size=BATCH)
    questions = known | {question.code: question for question in fresh}
    changed = [draft for draft in drafts if differs(questions[draft.code].current, draft.wording)]
    for draft in changed:
        question = questions[draft.code]
        draft.wording.question = question
        draft.wording.number = question.current.number + 1 if question.current else 1
    QuestionVersion.objects.bulk_create([draft.wording for draft in changed], batch_size=BATCH)
    for draft in drafts:
        question = questions[draft.code]
        question.difficulty = draft.difficulty
        question.current = draft.wording if draft.wording.pk else question.current
    touched = [questions[draft.code] for draft in drafts]
    Question.objects.bulk_update(touched, ["difficulty", "current"], batch_size=BATCH)
