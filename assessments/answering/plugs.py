"""Who sees the pictures of questions: those who were asked, who may look at their attempts, and who sees the bank."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Concat, Left

from assessments.acts import VIEW_QUESTIONS
from assessments.attempts.models import Response
from assessments.questions.models import QuestionVersion
from courses.media.models import SHORT
from courses.media.uses import USES
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User


def _shown_in_questions(user: User) -> Q:
    """A question names a picture, in its words or as its screenshot, by the beginning of the digest."""
    if user.may(VIEW_QUESTIONS):
        return Q(Exists(_naming(QuestionVersion.objects.all(), "")))
    seen = Q(attempt__person=user.pk) | records_seen_by(user, "attempt__person")
    return Q(Exists(_naming(Response.objects.filter(seen), "version__")))


def _naming(rows: QuerySet[Any], prefix: str) -> QuerySet[Any]:
    content = Cast(f"{prefix}content", TextField())
    words = Concat(f"{prefix}stem", f"{prefix}explanation", content, output_field=TextField())
    named: QuerySet[Any] = rows.annotate(words=words).filter(words__contains=Left(OuterRef("sha256"), SHORT))
    return named


USES.register("questions", _shown_in_questions)
