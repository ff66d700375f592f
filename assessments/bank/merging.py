"""What is done about two questions that look alike: one takes the place of the other, or they are said to differ."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from assessments.bank.models import Unlike
from assessments.questions.models import Question, Status
from assessments.quizzes.models import QuizQuestion
from courses.curriculum.models import CourseStatus
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

# Quizzes that nobody has yet: of courses that are drafts, and of versions that are being written.
_UNIT = "quiz__unit__"
DRAFTED = Q(**{f"{_UNIT}course__status": CourseStatus.DRAFT}) | Q(
    **{f"{_UNIT}introduced_in__gt": F(f"{_UNIT}course__version")}
)


@dataclass(frozen=True)
class Merged:
    """How many quizzes were changed, and which still ask the retired question until their next version."""

    changed: int
    still: list[str]


@transaction.atomic
def merge(keep: Question, drop: Question) -> Merged:
    """Retire `drop` and put `keep` in its place in every quiz that is still a draft; a repeat changes nothing.

    What learners have stays as it is; when their quiz is next changed, the copy asks `keep`.
    """
    pks = sorted([keep.pk, drop.pk])
    found = {row.pk: row for row in Question.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    kept, dropped = found[keep.pk], found[drop.pk]
    if kept.pk == dropped.pk:
        raise Refused(_("A question cannot take its own place."), code="same")
    if kept.status != Status.READY:
        raise Refused(_("%(code)s is not ready for quizzes.") % {"code": kept.code}, code="not_ready")
    asking = QuizQuestion.objects.filter(question=dropped)
    both = asking.filter(DRAFTED, quiz__items__question=kept)
    gone = QuizQuestion.objects.filter(pk__in=list(both.values_list("pk", flat=True)))
    changed = gone.count()
    gone.delete()
    drafts = list(asking.filter(DRAFTED).values_list("pk", flat=True))
    changed += QuizQuestion.objects.filter(pk__in=drafts).update(question=kept)
    dropped.become(Status.RETIRED, at=clock.now())
    dropped.replaced_by = kept
    dropped.save(update_fields=["status", "replaced_by", "retired_at"])
    Question.objects.filter(replaced_by=dropped).update(replaced_by=kept)
    still = asking.filter(Q(**{f"{_UNIT}removed_in": None})).values_list(f"{_UNIT}title", flat=True)
    return Merged(changed, list(still.order_by(f"{_UNIT}pk")))


def say_unlike(one: Question, other: Question, *, by: User) -> None:
    """Remember that they are no duplicates; a repeat is harmless."""
    if one.pk == other.pk:
        raise Refused(_("A question cannot take its own place."), code="same")
    first, second = sorted([one, other], key=lambda question: question.pk)
    Unlike.objects.get_or_create(one=first, other=second, defaults={"by": by})


def forget_unlike(one: Question, other: Question) -> None:
    """Let them be found again."""
    Unlike.objects.of(one.pk, other.pk).delete()
