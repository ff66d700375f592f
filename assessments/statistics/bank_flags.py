"""The flags as the question bank filters by them and shows them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet

from assessments.questions.flags import FLAGS, SENTENCES, Flag
from assessments.statistics.flags import words
from assessments.statistics.models import QuestionFlag, Reason


def _found(reason: str) -> Callable[[], QuerySet[Any]]:
    return lambda: QuestionFlag.objects.filter(reason=reason).values("question")


def _sentences(questions: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for flag in QuestionFlag.objects.to_mend().filter(question__in=questions):
        found.setdefault(flag.question_id, []).append(words(flag))
    return found


for each in Reason:
    if each != Reason.TOO_FEW:
        FLAGS.register(each.value, Flag(each.label, _found(each.value)))
SENTENCES.register("statistics", _sentences)
