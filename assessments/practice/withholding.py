"""What practice does not ask yet: questions of a quiz that the person is in the middle of.

The page after an answer tells what is right. A quiz may keep that back until it is passed or no attempt is left, and
always does while an attempt is going on; until then its questions wait.
"""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, IsNull, LessThan

from assessments.attempts.models import OPEN, Attempt, ExtraAttempt, Response
from assessments.overrides.models import Override
from assessments.quizzes.models import Moment, Thing

TOLD_AT_ONCE = Q(**{f"attempt__quiz__review__{Moment.OPEN}__contains": Thing.SOLUTION.value})
THERE = {"enrolment": OuterRef("attempt__enrolment"), "quiz": OuterRef("attempt__quiz")}


def withheld(person: Any, *, at: datetime) -> QuerySet[Response, Any]:
    """The questions that wait, for use within another query."""
    asked = Response.objects.filter(attempt__person=person, attempt__quiz__practice=False)
    of_open = asked.filter(attempt__enrolment__withdrawn_at=None).order_by()
    goes_on = Q(attempt__state__in=OPEN)
    return of_open.filter(goes_on | _to_pass(person, at)).values("version__question")


def _to_pass(person: Any, at: datetime) -> Q:
    """Not passed yet, and another attempt can be made; unless the quiz tells what is right after each one."""
    passed = Exists(Attempt.objects.filter(**THERE, passed=True))
    own = Override.objects.standing(at).filter(quiz=OuterRef("attempt__quiz"), person=person).order_by("-pk")
    allowed = Coalesce(Subquery(own.values("max_attempts")[:1]), F("attempt__quiz__max_attempts"))
    closes_at = Coalesce(Subquery(own.values("closes_at")[:1]), F("attempt__quiz__closes_at"))
    has_left = Q(IsNull(allowed, True)) | Q(LessThan(_number(Attempt), allowed + _number(ExtraAttempt)))
    is_open = Q(IsNull(closes_at, True)) | Q(GreaterThan(closes_at, at))
    return Q(attempt__enrolment__completed_at=None) & ~TOLD_AT_ONCE & ~Q(passed) & has_left & is_open


def _number(model: Any) -> Coalesce:
    """How many of them there are at this quiz in this enrolment."""
    rows = model.objects.filter(**THERE).order_by().values("quiz").annotate(number=Count("pk"))
    return Coalesce(Subquery(rows.values("number")), 0)
