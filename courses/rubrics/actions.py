"""Make rubrics; one that has graded something stays, and is copied to be changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.rubrics.models import MOST_POINTS, Band, Criterion, Rubric
from courses.rubrics.uses import is_frozen
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

WHOLE = 100
LEAST_BANDS = 2
LONGEST_TITLE = 100


@dataclass(frozen=True)
class BandDraft:
    points: int
    title: str
    description: str = ""


@dataclass(frozen=True)
class CriterionDraft:
    """A criterion as it was typed."""

    title: str
    weight: int
    description: str = ""
    bands: Sequence[BandDraft] = field(default_factory=list)


@transaction.atomic
def save_rubric(
    rubric: Rubric | None, *, title: str, summary: str = "", criteria: Sequence[CriterionDraft], by: User | None
) -> Rubric:
    """Make or change a rubric; one that something was graded by keeps its criteria."""
    if rubric is None:
        rubric = Rubric(owner=by)
    else:
        rubric = Rubric.objects.select_for_update().get(pk=rubric.pk)
        if is_frozen(rubric):
            raise Refused(_("Work was graded by this rubric. Copy it and change the copy."), code="rubric_frozen")
    _check(criteria)
    rubric.title, rubric.summary = title.strip(), summary.strip()
    _save(rubric)
    rubric.criteria.all().delete()
    for position, draft in enumerate(criteria):
        criterion = Criterion.objects.create(
            rubric=rubric, position=position, title=draft.title, description=draft.description, weight=draft.weight
        )
        Band.objects.bulk_create(Band(criterion=criterion, **vars(band)) for band in draft.bands)
    return rubric


def _save(rubric: Rubric) -> None:
    try:
        with transaction.atomic():
            rubric.save()
    except IntegrityError as error:
        raise Refused(_("Another rubric has this title."), field="title", code="title_taken") from error


def _check(criteria: Sequence[CriterionDraft]) -> None:
    if not criteria:
        raise Refused(_("A rubric needs a criterion."), code="no_criteria")
    if (weights := sum(draft.weight for draft in criteria)) != WHOLE:
        text = _("The weights add up to %(sum)s %%; they have to make 100 %%.") % {"sum": weights}
        raise Refused(text, code="weights_not_whole")
    if len({draft.title for draft in criteria}) < len(criteria):
        raise Refused(_("Each criterion only once."), code="criterion_twice")
    for draft in criteria:
        points = [band.points for band in draft.bands]
        if len(points) < LEAST_BANDS or len(set(points)) < len(points) or max(points) == 0:
            text = _("“%(criterion)s” needs at least two levels with different points.") % {"criterion": draft.title}
            raise Refused(text, code="bad_bands")
        if max(points) > MOST_POINTS:
            raise Refused(_("At most %(n)s points.") % {"n": MOST_POINTS}, code="too_many_points")


def drafts_of(rubric: Rubric) -> list[CriterionDraft]:
    """The rubric as it could be typed."""
    return [
        CriterionDraft(
            criterion.title,
            criterion.weight,
            criterion.description,
            [BandDraft(band.points, band.title, band.description) for band in criterion.bands.all()],
        )
        for criterion in rubric.criteria.prefetch_related("bands")
    ]


@transaction.atomic
def copy_rubric(rubric: Rubric, *, by: User | None) -> Rubric:
    """The same criteria once more, under a title of its own, to be changed."""
    base = _("%(title)s (copy)") % {"title": rubric.title[: LONGEST_TITLE - 20]}
    taken = set(Rubric.objects.in_use().filter(title__startswith=base).values_list("title", flat=True))
    title = next(name for name in (base, *(f"{base} {n}" for n in range(2, 1000))) if name not in taken)
    return save_rubric(None, title=title, summary=rubric.summary, criteria=drafts_of(rubric), by=by)


def retire_rubric(rubric: Rubric, *, at: datetime) -> None:
    """Offer the rubric no more; what uses it goes on. A repeat changes nothing."""
    Rubric.objects.in_use().filter(pk=rubric.pk).update(retired_at=at)
