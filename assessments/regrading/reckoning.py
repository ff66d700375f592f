"""What a regrade makes of attempts: the one place that works it out, for the trial as for the real thing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assessments.attempts.behaviours import Given, earned
from assessments.attempts.models import Attempt, Response
from assessments.attempts.models import State as AttemptState
from assessments.certification.models import Certificate
from assessments.marking.models import Marking
from assessments.questions.grading import NONE, fraction, percent
from assessments.questions.models import QuestionVersion
from assessments.quizzes.models import Quiz
from assessments.regrading.models import OnLoss, Regrade, RegradeChange, Way

FULL = Decimal(1)


@dataclass
class Reckoned:
    """An attempt with those of its answers that change, as they would be, and its new score."""

    attempt: Attempt
    changed: list[Response] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    score: Decimal | None = None

    @property
    def reaches_mark(self) -> bool:
        return self.score is not None and self.score >= self.attempt.pass_mark

    @property
    def is_first(self) -> bool:
        """Whether the attempt gets its first score so, since nobody has anything left to mark."""
        return self.score is not None and self.attempt.state == AttemptState.SUBMITTED

    @property
    def is_better(self) -> bool:
        return (self.score or NONE) > (self.attempt.score or NONE)

    @property
    def is_worse(self) -> bool:
        return self.score is not None and self.score < (self.attempt.score or NONE)

    def passes(self, on_loss: str) -> bool | None:
        """Whether the attempt is passed in the end, by what was chosen for who had passed."""
        if self.score is None:
            return None
        return self.reaches_mark or (bool(self.attempt.passed) and on_loss == OnLoss.KEEP)

    def loses_pass(self, on_loss: str) -> bool:
        return bool(self.attempt.passed) and not self.passes(on_loss)


def affected(regrade: Regrade) -> QuerySet[Attempt]:
    """Handed-in attempts that asked the question, in the order of their ids."""
    asked = Response.objects.filter(attempt=OuterRef("pk"), version__question=regrade.question_id)
    found = Attempt.objects.handed_in().filter(Exists(asked))
    return (found.filter(quiz=regrade.quiz_id) if regrade.quiz_id else found).order_by("pk")


def batches(regrade: Regrade, size: int) -> Iterator[list[int]]:
    """The ids of the attempts, so many at a time: memory stays the same however many they are."""
    last = 0
    while ids := list(affected(regrade).filter(pk__gt=last).values_list("pk", flat=True)[:size]):
        yield ids
        last = ids[-1]


def reckon(regrade: Regrade, attempts: Sequence[Attempt]) -> list[Reckoned]:
    """Those of the attempts that change; each with its quiz at hand. Two queries."""
    responses: defaultdict[int, list[Response]] = defaultdict(list)
    by_people = Exists(Marking.objects.filter(response=OuterRef("pk")))
    rows = Response.objects.filter(attempt__in=attempts).annotate(by_people=by_people)
    for response in rows.select_related("version").order_by("attempt", "position"):
        responses[response.attempt_id].append(response)
    found = (_reckon(regrade, attempt, responses[attempt.pk]) for attempt in attempts)
    return [one for one in found if one.changed]


def _reckon(regrade: Regrade, attempt: Attempt, responses: Sequence[Response]) -> Reckoned:
    made = Reckoned(attempt)
    alone = all(one.version.question_id == regrade.question_id or not one.points for one in responses)
    for response in responses:
        if response.version.question_id == regrade.question_id:
            _change(made, regrade, response, alone=alone)
    if attempt.state == AttemptState.GRADED or all(_is_marked(one) for one in responses):
        made.score = percent((one.points, one.fraction or NONE) for one in responses)
    return made


def _is_marked(response: Response) -> bool:
    return response.fraction is not None and not response.needs_person


def _change(made: Reckoned, regrade: Regrade, response: Response, *, alone: bool) -> None:
    """Give the answer its new mark, in memory; where the dropped question is the only one, it earns full marks.

    What is decided so waits for nobody any more.
    """
    before = (response.fraction, response.points, response.needs_person)
    if regrade.way == Way.DROP and not alone:
        response.points, response.fraction, response.needs_person = 0, response.fraction or NONE, False
    elif regrade.way in {Way.FULL, Way.DROP}:
        response.fraction, response.needs_person = FULL, False
    else:
        _grade_again(made.attempt.quiz, regrade.question.current, response)
    if before == (response.fraction, response.points, response.needs_person):
        return
    made.changed.append(response)
    made.answers.append(
        {
            "response": response.pk,
            "position": response.position,
            "before": _text(before[0]),
            "after": _text(response.fraction),
            "points_before": before[1],
            "points_after": response.points,
        }
    )


def _grade_again(quiz: Quiz, version: QuestionVersion | None, response: Response) -> None:
    """By the version as it is now; what people have marked, or have to, stays as it is."""
    by_people: bool = response.by_people  # type: ignore[attr-defined]  # annotated by `reckon`
    if version is None or by_people or response.needs_person:
        return
    raw = fraction(version.question.kind, version, response.answer)
    if raw is None:
        return
    given = Given(response.answer, response.certainty, response.tries, response.checked)
    response.fraction = earned(quiz, given, raw)
    response.graded_with = version if version.pk != response.version_id else None


def _text(part: Decimal | None) -> str:
    return "" if part is None else str(part)


def change_of(regrade: Regrade, made: Reckoned, certificates: list[dict[str, Any]]) -> RegradeChange:
    """What is kept of it."""
    attempt = made.attempt
    return RegradeChange(
        regrade=regrade,
        attempt=attempt,
        answers=made.answers,
        score_before=attempt.score,
        score_after=made.score,
        passed_before=attempt.passed,
        passed_after=made.passes(regrade.on_loss),
        reaches_mark=made.reaches_mark,
        certificates=certificates,
    )


def certificates_of(found: Sequence[Reckoned]) -> dict[int, list[dict[str, Any]]]:
    """By attempt, the valid certificates that may rest on a result which gets worse; one query."""
    worse = [one for one in found if one.is_worse]
    people = {one.attempt.person_id for one in worse}
    courses = {one.attempt.quiz.unit.course_id for one in worse}
    held = Certificate.objects.filter(
        person__in=people, certification__courses__in=courses, revoked_at=None
    ).values_list("person_id", "certification__courses", "certification__minimum_score", "pk", "code", "title")
    touched: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    by_place: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    for person, course, *rest in held:
        by_place[person, course].append(rest)
    for one in worse:
        for minimum, pk, code, title in by_place[one.attempt.person_id, one.attempt.quiz.unit.course_id]:
            if not one.reaches_mark or (one.score or NONE) < minimum:
                touched[one.attempt.pk].append({"id": pk, "code": code, "title": title})
    return touched
