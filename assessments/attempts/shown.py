"""An attempt as its pages show it: each question in the order of this attempt, and no more than may be seen."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assessments.attempts.behaviours import CERTAINTIES, asks_certainty, checks
from assessments.attempts.checks import Checked, checked_of
from assessments.attempts.models import Attempt, Response
from assessments.attempts.sheets import versions_of
from assessments.marking.decision import deciding
from assessments.marking.models import Marking
from assessments.questions.types.base import QuestionType, type_of
from assessments.questions.wording import Wording, worded_in
from assessments.quizzes.models import Quiz, Thing

TELLING = frozenset({Thing.RIGHT.value, Thing.FEEDBACK.value, Thing.SOLUTION.value})


@dataclass(frozen=True)
class Asked:
    """One question of an attempt; `parts` is what the templates of its type show, `see` what else may be seen.

    `told` are the parts of a review of what was checked last, while the question may still be answered.
    """

    response: Response
    wording: Wording
    parts: dict[str, Any] = field(default_factory=dict)
    see: frozenset[str] = frozenset()
    begins: str = ""  # the section that begins here
    note: str = ""  # what is said of that section
    checked: Checked | None = None
    told: dict[str, Any] = field(default_factory=dict)
    can_check: bool = False
    asks_certainty: bool = False
    markings: Sequence[Marking] = ()  # by which criteria people marked it

    @property
    def kind(self) -> str:
        return self.response.version.question.kind

    @property
    def type(self) -> QuestionType:
        return type_of(self.kind)

    @property
    def name(self) -> str:
        """How the names of its fields begin."""
        return f"q-{self.response.position}"

    @property
    def is_told(self) -> bool:
        """Whether `parts` holds what is right; without it the parts are those of the question as it was asked."""
        return bool(self.see & TELLING)

    @property
    def is_right(self) -> bool:
        return self.response.fraction == 1

    @property
    def is_partly_right(self) -> bool:
        return self.response.fraction is not None and 0 < self.response.fraction < 1

    @property
    def earned(self) -> Any:
        """Points that the answer earned."""
        return None if self.response.fraction is None else self.response.fraction * self.response.points

    @property
    def certainties(self) -> Iterable[tuple[int, tuple[int, int]]]:
        """What the person may choose, each with its marks when right and when wrong."""
        return CERTAINTIES.items()

    @property
    def was(self) -> str:
        """What is kept, so that a form without scripts can tell what was changed."""
        return json.dumps(self.response.answer)


def asked_in(attempt: Attempt, quiz: Quiz) -> list[Asked]:
    """Every question of an attempt to answer. What is right is in none of it, but for what was checked."""
    asked = [_to_answer(response, quiz, begins) for response, begins in _responses(attempt)]
    if not any(one.begins for one in asked):
        return asked
    notes = dict(quiz.sections.values_list("title", "note"))
    return [replace(one, note=notes.get(one.begins, "")) if one.begins else one for one in asked]


def reviewed(attempt: Attempt, see: frozenset[str]) -> list[Asked]:
    """Every question of an attempt to look through; what may not be seen is not even in it."""
    asked = [_to_review(response, see, begins) for response, begins in _responses(attempt)]
    if Thing.MARKS not in see or not any(one.response.version.content.get("rubric") for one in asked):
        return asked
    given: defaultdict[int, list[Marking]] = defaultdict(list)
    for marking in Marking.objects.filter(response__attempt=attempt):
        given[marking.response_id].append(marking)
    return [replace(one, markings=_by_criteria(one.response, given[one.response.pk])) for one in asked]


def _by_criteria(response: Response, markings: Sequence[Marking]) -> list[Marking]:
    """The marks that count, criterion by criterion; none while somebody still has to mark the answer."""
    return [] if response.needs_person else [one for one in deciding(markings) if one.marks]


def checked_one(response: Response, quiz: Quiz) -> Asked:
    """One question after a check."""
    return _to_answer(response, quiz, "")


def _responses(attempt: Attempt) -> Iterator[tuple[Response, str]]:
    """Each response with its version, in at most two queries, and the section that begins with it."""
    responses = list(attempt.responses.all())
    versions = versions_of(response.version_id for response in responses)
    for response, before in zip(responses, ["", *(one.section for one in responses)], strict=False):
        response.version = versions[response.version_id]
        yield response, response.section if response.section != before else ""


def _to_answer(response: Response, quiz: Quiz, begins: str) -> Asked:
    wording = worded_in(response.version, response.version.question.kind)
    kind = type_of(response.version.question.kind)
    checked = checked_of(quiz, response) if response.tries else None
    told = kind.told(wording.content, response.option_order, response.checked) if checked else {}
    return Asked(
        response,
        wording,
        parts=kind.asked(wording.content, response.option_order, response.answer),
        see=checked.see if checked else frozenset(),
        begins=begins,
        checked=checked,
        told=told,
        can_check=checks(quiz) and not kind.by_person,
        asks_certainty=asks_certainty(quiz) and not kind.by_person,
    )


def _to_review(response: Response, see: frozenset[str], begins: str) -> Asked:
    wording = worded_in(response.version, response.version.question.kind)
    kind = type_of(response.version.question.kind)
    show = kind.told if see & TELLING else kind.asked
    answer = response.answer if Thing.ANSWERS in see else None
    return Asked(response, wording, show(wording.content, response.option_order, answer), see, begins)


def answered(asked: Iterable[Asked]) -> int:
    """How many have an answer."""
    return sum(one.response.answer is not None for one in asked)
