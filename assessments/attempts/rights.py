"""Whether, when and how often a person may try a quiz."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from assessments.attempts.models import Attempt, ExtraAttempt
from assessments.attempts.outcome import outcome_of
from assessments.overrides.terms import Terms, terms_for
from assessments.quizzes.models import Quiz
from courses.models import Enrolment
from trainingsite.core.errors import Refused


@dataclass(frozen=True)
class Tries:
    """How many attempts were made of how many allowed; without `allowed` there is no limit."""

    made: int
    allowed: int | None

    @property
    def left(self) -> int | None:
        return None if self.allowed is None else max(self.allowed - self.made, 0)

    @property
    def are_used_up(self) -> bool:
        return self.left == 0


@dataclass(frozen=True)
class Standing:
    """Where a person stands at a quiz; `refusal` says why no attempt can be started now, `opens_at` from when on."""

    terms: Terms
    tries: Tries
    refusal: Refused | None = None
    opens_at: datetime | None = None


def standing_of(enrolment: Enrolment, quiz: Quiz, *, at: datetime) -> Standing:
    """The terms, the attempts so far, and what stands in the way of another one; practice is never used up."""
    terms = terms_for(quiz, enrolment.person_id, at=at)
    made, ended = _made(enrolment, quiz)
    tries = _tries(enrolment, quiz, terms, made)
    if terms.opens_at and at < terms.opens_at:
        text = _("This quiz opens on %(moment)s.") % {"moment": _words(terms.opens_at)}
        return Standing(terms, tries, Refused(text, code="not_open_yet"), terms.opens_at)
    if terms.closes_at and at >= terms.closes_at:
        text = _("This quiz closed on %(moment)s.") % {"moment": _words(terms.closes_at)}
        return Standing(terms, tries, Refused(text, code="closed"))
    if tries.are_used_up:
        return Standing(terms, tries, Refused(_("All attempts are used up."), code="attempts_used_up"))
    pause = timedelta(minutes=0 if quiz.practice else terms.cooldown_minutes)
    if pause and ended and at < ended + pause:
        text = _("You can try again from %(moment)s.") % {"moment": _words(ended + pause)}
        return Standing(terms, tries, Refused(text, code="cooling_down"), ended + pause)
    return Standing(terms, tries)


def tries(enrolment: Enrolment, quiz: Quiz, *, at: datetime) -> Tries:
    """The attempts of this enrolment at the quiz, with those granted on top."""
    terms = terms_for(quiz, enrolment.person_id, at=at)
    return _tries(enrolment, quiz, terms, _made(enrolment, quiz)[0])


def ended(attempts: Sequence[Attempt], terms: Mapping[int, Terms]) -> set[tuple[int, int]]:
    """Where there is nothing left to try, by enrolment and quiz: passed by what counts, or out of attempts.

    Not while an attempt is open. `terms` by quiz; the attempts come with their quizzes. Two queries.
    """
    tried = {(one.enrolment_id, one.quiz_id): one.quiz for one in attempts}
    if not tried:
        return set()
    of_them = {"enrolment__in": {pk for pk, _quiz in tried}, "quiz__in": {pk for _enrolment, pk in tried}}
    made: defaultdict[tuple[int, int], list[Attempt]] = defaultdict(list)
    for one in Attempt.objects.filter(**of_them):
        made[one.enrolment_id, one.quiz_id].append(one)
    extra = Counter(ExtraAttempt.objects.filter(**of_them).values_list("enrolment", "quiz"))
    return {key for key, quiz in tried.items() if _is_over(quiz, terms[quiz.pk], made[key], extra[key])}


def _is_over(quiz: Quiz, terms: Terms, made: Sequence[Attempt], extra: int) -> bool:
    if any(one.is_open for one in made):
        return False
    used_up = terms.max_attempts is not None and len(made) >= terms.max_attempts + extra
    return used_up or outcome_of(quiz, made).passed


def _made(enrolment: Enrolment, quiz: Quiz) -> tuple[int, datetime | None]:
    """How many attempts there were, and when the last of them ended."""
    rows = Attempt.objects.filter(enrolment=enrolment, quiz=quiz)
    found = rows.aggregate(made=Count("pk"), submitted=Max("submitted_at"), due=Max("deadline"), last=Max("started_at"))
    if found["submitted"] is None or found["submitted"] < found["last"]:
        return found["made"], found["due"] or found["last"]  # the last one was abandoned
    return found["made"], found["submitted"]


def _tries(enrolment: Enrolment, quiz: Quiz, terms: Terms, made: int) -> Tries:
    if terms.max_attempts is None or quiz.practice:
        return Tries(made, None)
    extra = ExtraAttempt.objects.filter(enrolment=enrolment, quiz=quiz).count()
    return Tries(made, terms.max_attempts + extra)


def _words(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
