"""Questions out of packs and files: all of them at once or none, twice as harmless as once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.questions.actions import differs, next_codes
from assessments.questions.categories import MOST_LEVELS
from assessments.questions.entries import Draft, draft_of, path_of, paths, titles_of
from assessments.questions.models import Category, Question, QuestionVersion, Status
from assessments.questions.uses import kept_ready
from courses.models import Competency, Topic
from courses.packs.parts import Problem
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

BATCH = 1000
WRITTEN = [
    *("difficulty", "current", "tags", "status", "retired_at", "replaced_by", "language", "source", "competency"),
    "category",
]


@dataclass
class Step:
    """What becomes of a draft: a new question of the topic, or a change of the one it is; or why it cannot be."""

    topic: Topic
    draft: Draft
    question: Question | None = None
    problem: str = ""
    fresh: bool = True
    reworded: bool = True
    moved: bool = False

    @property
    def state(self) -> str:
        if self.problem:
            return "error"
        if self.fresh:
            return "new"
        return "changed" if self.reworded or self.moved else "unchanged"


@transaction.atomic
def import_questions(topic: Topic, entries: list[Any]) -> list[Problem]:
    """Make or change the topic's questions; returns what is wrong, and then nothing was changed."""
    drafts, problems = read(entries)
    steps = plan([(topic, draft) for draft in drafts])
    problems += [Problem(step.draft.code, step.problem) for step in steps if step.problem]
    if not problems:
        write(steps, by=None, at=clock.now())
    return problems


def read(entries: list[Any]) -> tuple[list[Draft], list[Problem]]:
    """The entries as drafts, and what is wrong with those that are none."""
    drafts: dict[str, Draft] = {}
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        name = _name(entry, number)
        try:
            draft = draft_of(entry)
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


def plan(pairs: Sequence[tuple[Topic, Draft]], known: Mapping[int, Question] | None = None) -> list[Step]:
    """What importing would do; `known` are the questions that drafts without a code are, by their place in the list.

    Within a transaction: the questions stay locked until its end.
    """
    by_code = _known([draft.code for _topic, draft in pairs if draft.code])
    steps = [
        Step(topic, draft, by_code.get(draft.code) if draft.code else (known or {}).get(number))
        for number, (topic, draft) in enumerate(pairs)
    ]
    _name_competencies(steps)
    shelves = _shelves(steps)
    for step in steps:
        step.fresh = step.question is None
        step.problem = step.problem or _clash(step)
        step.reworded = step.question is None or differs(step.question.current, step.draft.wording)
        step.moved = not step.fresh and _moved(step, shelves)
    _refuse_asked(steps)
    return steps


def _known(codes: list[str]) -> dict[str, Question]:
    found = Question.objects.select_for_update(of=["self"]).select_related("current").filter(code__in=codes)
    return {question.code: question for question in found}


def _name_competencies(steps: Iterable[Step]) -> None:
    """The competencies by their codes; one query, and none without codes."""
    wanted = {code for step in steps if (code := step.draft.facts.get("competency"))}
    found = {each.code: each for each in Competency.objects.filter(code__in=wanted)} if wanted else {}
    for step in steps:
        if code := step.draft.facts.get("competency"):
            step.draft.facts["competency"] = found.get(code)
            if code not in found:
                step.problem = _("There is no competency “%(code)s”.") % {"code": code[:60]}


def _clash(step: Step) -> str:
    if step.question is None:
        return ""
    if step.question.topic_id != step.topic.pk:
        return _("A question of another topic has this code.")
    if step.question.kind != step.draft.kind:
        return _("The kind of a question stays; make a new question instead.")
    return ""


Shelves = dict[tuple[int, str], Category]


def _shelves(steps: Iterable[Step]) -> Shelves:
    """The categories of the topics by their path; one query, and none when no draft names one."""
    topics = {step.topic.pk for step in steps if step.draft.facts.get("category")}
    rows = {each.pk: each for each in Category.objects.filter(topic__in=topics)} if topics else {}
    return {(rows[pk].topic_id, path): rows[pk] for pk, path in paths(rows).items()}


def _shelf_path(path: str) -> str:
    """The path within the levels that there are: deeper ones become part of the last title."""
    titles = titles_of(path)
    inner = titles[MOST_LEVELS - 1 :]
    return path_of([*titles[: MOST_LEVELS - 1], *([" · ".join(inner)[:100]] if inner else [])])


def _moved(step: Step, shelves: Shelves) -> bool:
    """Whether anything beside the wording would change."""
    question = step.question
    for name, value in step.draft.facts.items():
        if name == "category":
            shelf = shelves.get((step.topic.pk, _shelf_path(value)))
            if shelf is None or question is None or question.category_id != shelf.pk:
                return True
        elif getattr(question, name) != value:
            return True
    return False


def _refuse_asked(steps: Iterable[Step]) -> None:
    """What a quiz asks stays ready."""
    closing = {
        step.question.pk: step
        for step in steps
        if step.question and step.draft.facts.get("status", Status.READY) != Status.READY
        if step.question.status == Status.READY
    }
    for pk, words in kept_ready(closing).items():
        closing[pk].problem = closing[pk].problem or words


def write(steps: Sequence[Step], *, by: User | None, at: datetime) -> None:
    """Do what was planned; the steps have no problem."""
    shelves = _made_shelves(steps)
    fresh = [step for step in steps if step.question is None]
    _code([step for step in fresh if not step.draft.code])
    Question.objects.bulk_create([_made(step, by) for step in fresh], batch_size=BATCH)
    reworded = [step for step in steps if step.reworded]
    for step in reworded:
        _number(step, by)
    QuestionVersion.objects.bulk_create([step.draft.wording for step in reworded], batch_size=BATCH)
    touched = [_touched(step, shelves, at) for step in steps if step.state != "unchanged"]
    Question.objects.bulk_update(touched, WRITTEN, batch_size=BATCH)


def _made(step: Step, by: User | None) -> Question:
    step.question = Question(topic=step.topic, code=step.draft.code, kind=step.draft.kind, owner=by)
    return step.question


def _number(step: Step, by: User | None) -> None:
    wording, current = step.draft.wording, step.question.current if step.question else None
    wording.question, wording.author = step.question, by  # type: ignore[assignment]  # made above
    wording.number = current.number + 1 if current else 1


def _touched(step: Step, shelves: Shelves, at: datetime) -> Question:
    question, facts = step.question, dict(step.draft.facts)
    assert question is not None  # noqa: S101 - made above
    if path := facts.pop("category", ""):
        question.category = shelves[step.topic.pk, _shelf_path(path)]
    if status := facts.pop("status", ""):
        question.become(status, at=at)
    for name, value in facts.items():
        setattr(question, name, value)
    if step.reworded:
        question.current = step.draft.wording
    return question


def _code(steps: Sequence[Step]) -> None:
    """Codes for those without: the topic's slug with its next free numbers."""
    for topic in {step.topic.pk: step.topic for step in steps}.values():
        free = next_codes(topic)
        for step in steps:
            if step.topic.pk == topic.pk:
                step.draft.code = next(free)


def _made_shelves(steps: Sequence[Step]) -> Shelves:
    """All categories that the drafts name; those that are not there yet are made, from the outside in."""
    shelves = _shelves(steps)
    wanted = {(step.topic.pk, _shelf_path(path)) for step in steps if (path := step.draft.facts.get("category"))}
    for topic, path in sorted(wanted - set(shelves)):
        parent: Category | None = None
        titles = titles_of(path)
        for depth in range(1, len(titles) + 1):
            key = (topic, path_of(titles[:depth]))
            if key not in shelves:
                shelves[key], _new = Category.objects.get_or_create(
                    topic_id=topic, parent=parent, title=titles[depth - 1]
                )
            parent = shelves[key]
    return shelves
