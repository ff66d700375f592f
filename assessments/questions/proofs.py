"""The questions that prove a competency."""

from collections.abc import Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.questions.models import Question
from courses.competencies.kinds import PROOFS, Proof, ProofRow
from trainingsite.people.models import User

MOST = 50
LONGEST = 80


def _rows(competency: int, user: User) -> list[ProofRow]:
    """Only for those who see the bank."""
    bank = Question.objects.visible_to(user).in_use().filter(competency=competency).select_related("current")
    return [
        ProofRow(
            title=question.current.stem[:LONGEST] if question.current else question.code,
            note=f"{question.code} · {question.get_difficulty_display()}",
            url=reverse("question", args=[question.pk]),
        )
        for question in bank.order_by("difficulty", "code")[:MOST]
    ]


def _counts(competencies: Sequence[int]) -> dict[int, int]:
    asked = Question.objects.in_use().filter(competency__in=competencies).order_by()
    return dict(asked.values_list("competency").annotate(n=Count("pk")))


PROOFS.register(
    "questions",
    Proof(
        label=_("Questions that prove it"),
        empty=_("No question proves it yet."),
        icon="help-circle",
        rows=_rows,
        counts=_counts,
    ),
)
