"""What host and person say at the end, and the end itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.ratings.recording import Piece, record
from courses.models import Competency
from mentoring.rotation.actions import locked
from mentoring.rotation.hooks import finished
from mentoring.rotation.models import Rotation, RotationEvaluation, RotationScore, RotationState
from mentoring.rotation.notices import tell
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

SOURCE = "rotation"
BEST = 5
Side = RotationEvaluation.Side


@dataclass(frozen=True)
class Words:
    """What somebody says; `scores` are in percent and the host's alone."""

    text: str
    stars: int | None = None
    scores: Mapping[Competency, int] = field(default_factory=dict)


def side_of(rotation: Rotation, user: User) -> Side | None:
    """As what the user evaluates; None for everybody else."""
    return {rotation.host_id: Side.HOST, rotation.person_id: Side.PERSON}.get(user.pk)


@transaction.atomic
def evaluate(rotation: Rotation, words: Words, *, by: User, at: datetime) -> RotationEvaluation:
    """Say how it was, once; the host's scores are evidence for the person's ratings. With both it is finished."""
    found = locked(rotation)
    side = _checked(found, words, by, at)
    evaluation = found.evaluations.create(side=side, by=by, at=at, text=words.text.strip(), stars=words.stars)
    if side == Side.HOST:
        _score(found, evaluation, words.scores)
        tell(found, [found.person_id], "rotation_asked", "evaluated")
    else:
        tell(found, [found.host_id], "rotation_host", "evaluated")
    if found.state == RotationState.APPROVED and found.evaluations.count() == len(Side):
        _finish(found, at)
    return evaluation


def _checked(rotation: Rotation, words: Words, by: User, at: datetime) -> Side:
    side = side_of(rotation, by)
    if side is None:
        raise Refused(_("The host and the person evaluate it."), code="not_yours")
    if rotation.state not in (RotationState.APPROVED, RotationState.FINISHED):
        raise Refused(_("This rotation does not go on."), code="not_going")
    if company_day(at) < rotation.ends_on:
        raise Refused(_("Evaluate it on its last day or later."), code="not_over")
    if rotation.evaluations.filter(side=side).exists():
        raise Refused(_("You have evaluated it already."), code="evaluated")
    if not words.text.strip():
        raise Refused(_("Say how it was in a few words."), field="text", code="text_missing")
    if words.stars is None or not 1 <= words.stars <= BEST:
        raise Refused(_("Give one to five stars."), field="stars", code="stars_missing")
    if any(not 0 <= score <= 100 for score in words.scores.values()):  # noqa: PLR2004 - percent
        raise Refused(_("A score is from 0 to 100 percent."), code="score_out_of_range")
    return side


def _score(rotation: Rotation, evaluation: RotationEvaluation, scores: Mapping[Competency, int]) -> None:
    RotationScore.objects.bulk_create(
        RotationScore(evaluation=evaluation, competency=competency, score=score) for competency, score in scores.items()
    )
    pieces = [_piece(rotation, evaluation, competency, score) for competency, score in scores.items()]
    record(pieces, at=evaluation.at)


def _piece(rotation: Rotation, evaluation: RotationEvaluation, competency: Competency, score: int) -> Piece:
    return Piece(
        person_id=rotation.person_id,
        competency_id=competency.pk,
        source=SOURCE,
        key=f"rotation:{rotation.pk}",
        title=_("Rotation: %(title)s") % {"title": rotation.offer.title},
        score=Decimal(score),
        at=evaluation.at,
        by_id=evaluation.by_id,
        note=evaluation.text[:500],
    )


def _finish(rotation: Rotation, at: datetime) -> None:
    rotation.state, rotation.finished_at = RotationState.FINISHED, at
    rotation.save(update_fields=["state", "finished_at"])
    tell(rotation, [rotation.person_id], "rotation_decided", "finished")
    tell(rotation, [rotation.host_id], "rotation_host", "finished")
    finished([rotation.pk], at)


@transaction.atomic
def finish_by_itself(pk: int, *, at: datetime) -> int:
    """Finish a rotation whose last day is long over; whoever is late may still evaluate it."""
    found = locked(Rotation(pk=pk))
    if found.state != RotationState.APPROVED:
        return 0
    _finish(found, at)
    return 1
