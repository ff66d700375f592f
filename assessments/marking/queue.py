"""What waits for people, and who of them is needed next."""

from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import CharField

from assessments.attempts.models import Response, State
from assessments.marking.models import Claim, Marking, Role
from assessments.marking.reach import in_reach
from trainingsite.people.models import User

Responses = QuerySet[Response]
BY_QUESTION, BY_ATTEMPT = "question", "attempt"
RELATED = ("version__question", "attempt__quiz__unit__course", "attempt__person__department")


def _marked(role: Role) -> Exists:
    return Exists(Marking.objects.filter(response=OuterRef("pk"), role=role))


def waiting() -> Responses:
    """Answers of handed-in attempts that wait for people, with `stage`: in which part somebody is needed next."""
    stage = Case(
        When(~_marked(Role.FIRST), then=Value(Role.FIRST.value)),
        When(~_marked(Role.SECOND), then=Value(Role.SECOND.value)),
        default=Value(Role.MODERATOR.value),
        output_field=CharField(),
    )
    handed_in = [State.SUBMITTED, State.GRADED]
    return Response.objects.filter(needs_person=True, attempt__state__in=handed_in).annotate(
        stage=stage, handed_in_at=F("attempt__submitted_at")
    )


def to_mark(user: User) -> Responses:
    """What the user may mark now: nobody marks the own answer, or the same answer in two parts."""
    mine = Marking.objects.filter(response=OuterRef("pk"), marker=user.pk)
    return waiting().filter(in_reach(user, ""), ~Exists(mine))


def marked_by(user: User) -> Responses:
    """What the user has marked, and may correct."""
    mine = Marking.objects.filter(response=OuterRef("pk"), marker=user.pk)
    return Response.objects.filter(in_reach(user, ""), Exists(mine)).annotate(handed_in_at=F("attempt__submitted_at"))


def held_by(user: User, at: datetime) -> Exists:
    """Whether the user is at the answer just now."""
    return Exists(Claim.objects.live(at).filter(response=OuterRef("pk"), marker=user.pk))


def held_by_others(user: User, at: datetime) -> Exists:
    return Exists(Claim.objects.live(at).filter(response=OuterRef("pk")).exclude(marker=user.pk))


def oldest_first(responses: Responses) -> Responses:
    return responses.order_by("attempt__submitted_at", "attempt", "position")


def following(user: User, response: Response, *, by: str, at: datetime) -> Response | None:
    """What the user marks after this one: of the same question or the same attempt first, then whatever is oldest."""
    free = oldest_first(to_mark(user).exclude(pk=response.pk).exclude(held_by_others(user, at)))
    if by == BY_ATTEMPT:
        alike = free.filter(attempt=response.attempt_id)
        later = Q(position__gt=response.position)
    else:
        alike = free.filter(version__question=response.version.question_id, attempt__quiz=response.attempt.quiz_id)
        moment = response.attempt.submitted_at
        later = Q(attempt__submitted_at__gt=moment) | Q(attempt__submitted_at=moment, attempt__gt=response.attempt_id)
    return alike.filter(later).first() or alike.first() or free.first()


def left_alike(user: User, response: Response, *, by: str) -> int:
    """How many of the same question, or the same attempt, the user has still to mark; this one counts."""
    mine = to_mark(user)
    if by == BY_ATTEMPT:
        return mine.filter(attempt=response.attempt_id).count()
    return mine.filter(version__question=response.version.question_id, attempt__quiz=response.attempt.quiz_id).count()
