"""Keeping the statistics: what is new is added, what was changed is counted anew."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from assessments.attempts.models import Attempt
from assessments.quizzes.models import Quiz
from assessments.statistics import counting, figures, flags
from assessments.statistics.models import QuizTally
from trainingsite.core.one_by_one import one_by_one

OVERLAP = timedelta(minutes=10)  # a transaction may commit later than the moment that its rows are stamped with


def mark_stale(quizzes: Iterable[int]) -> None:
    """Have these quizzes counted anew: marks in them were changed. Part of the act that changes them."""
    QuizTally.objects.filter(quiz__in=list(quizzes)).update(stale=True)


@transaction.atomic
def count_quiz(quiz: int, *, at: datetime) -> int:
    """Bring the statistics of one quiz up to date; returns how many attempts were added. A repeat adds none."""
    QuizTally.objects.get_or_create(quiz_id=quiz)
    tally = QuizTally.objects.select_for_update().get(quiz=quiz)
    before = set(counting.versions_in(quiz))
    anew = tally.stale or counting.has_changed(quiz, tally.attempts)
    if anew:
        counting.forget(quiz)
        tally.attempts = 0
    added, tally.counted_until = counting.add_new(quiz, tally.run + 1)
    tally.attempts += added
    if added or anew:
        tally.run += 1
        tally.counted_at, tally.stale = at, False
        figures.refresh(tally)
    tally.save()
    if not added and not anew:
        return 0
    flags.refresh(before | set(counting.versions_in(quiz)))
    return added


def count_changed(*, at: datetime) -> int:
    """Bring up to date what has changed since it was counted; returns the number of attempts added."""
    return _count(_changed(), at=at)


def count_all(*, at: datetime) -> int:
    """Look at every quiz, also for what the watermarks do not tell: deleted people, attempts brought in later."""
    return _count(_counted_ever().values_list("pk", flat=True), at=at)


def _count(quizzes: Iterable[int], *, at: datetime) -> int:
    return one_by_one(quizzes, lambda quiz: count_quiz(quiz, at=at), what="the statistics of quiz")


def _counted_ever() -> QuerySet[Quiz]:
    return Quiz.objects.filter(practice=False).filter(Q(tally__isnull=False) | Q(attempts__state="graded")).distinct()


def _changed() -> set[int]:
    """Quizzes with an attempt that was changed after they were counted, and the stale ones."""
    since = QuizTally.objects.aggregate(last=Max("counted_until"))["last"]
    graded = Attempt.objects.graded().filter(quiz__practice=False).order_by()
    if since is not None:
        graded = graded.filter(modified_at__gte=since - OVERLAP)
    later = Q(quiz__tally__counted_until=None) | Q(modified_at__gt=F("quiz__tally__counted_until") - OVERLAP)
    new = graded.filter(later).exclude(counted__seen_at=F("modified_at"))
    stale = QuizTally.objects.filter(stale=True)
    return {*new.values_list("quiz", flat=True).distinct(), *stale.values_list("quiz", flat=True)}
