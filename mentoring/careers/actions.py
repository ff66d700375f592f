"""Draw career paths: make steps, change what they ask, take them out of use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Certification
from courses.models import Competency
from mentoring.careers.closing import lapse_open, take_off
from mentoring.careers.loops import Arrow, Place, loop
from mentoring.careers.models import CareerStep, StepCompetency, Track
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns
from trainingsite.people.models import Position


@dataclass(frozen=True)
class Way:
    """Between which jobs a step leads; an empty grade stands for every grade."""

    from_position: Position
    from_grade: str
    to_position: Position
    to_grade: str

    @property
    def arrow(self) -> Arrow:
        return Arrow(Place(self.from_position.pk, self.from_grade), Place(self.to_position.pk, self.to_grade))

    def __str__(self) -> str:
        return " → ".join([named(self.from_position, self.from_grade), named(self.to_position, self.to_grade)])


@dataclass(frozen=True)
class Asked:
    """What a step asks; None asks nothing of the kind."""

    fit: int | None = None
    points: int | None = None
    months: int | None = None
    appraisal: int | None = None
    certifications: Sequence[Certification] = ()
    competencies: Sequence[tuple[Competency, int]] = ()


class LoopRefused(Refused):
    """A career would lead back to where it began; `jobs` are those of the loop, in order."""

    def __init__(self, jobs: Sequence[str]) -> None:
        text = _("This career would lead back to where it began: %(loop)s.") % {"loop": " → ".join(jobs)}
        super().__init__(text, field="to_position", code="career_loop")
        self.jobs = list(jobs)


@transaction.atomic
def save_step(step: CareerStep | None, way: Way, asked: Asked, *, track: Track | str, summary: str = "") -> CareerStep:
    """Make a step, or change one; refused when it leads back, is there already or asks for what is not there.

    Once somebody was nominated for it a step stays between its jobs: what was decided was decided of these.
    """
    take_turns("mentoring.careers")
    found = CareerStep.objects.select_for_update(of=("self",)).get(pk=step.pk) if step else CareerStep()
    _check_in_use(found)
    _check_way(found, way)
    _check_competencies(asked.competencies)
    for name in ("from_position", "from_grade", "to_position", "to_grade"):
        setattr(found, name, getattr(way, name))
    for name in ("fit", "points", "months", "appraisal"):
        setattr(found, name, getattr(asked, name))
    found.track, found.summary = Track(track), summary.strip()
    found.save()
    found.certifications.set(asked.certifications)
    _ask_competencies(found, dict(asked.competencies))
    return found


@transaction.atomic
def retire_step(step: CareerStep, *, at: datetime) -> CareerStep:
    """Take a step out of use: nobody waits for it any longer; what was approved stands. A repeat changes nothing."""
    found = CareerStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if found.retired_at is None:
        found.retired_at = at
        found.save(update_fields=["retired_at"])
        lapse_open(found, _("The step was taken out of use."), at=at)
        take_off(found.reserves.listed(), reason=_("The step was taken out of use."), at=at)
    return found


def named(position: Position, grade: str) -> str:
    return f"{position} {grade}".strip()


def _check_in_use(step: CareerStep) -> None:
    if step.retired_at:
        raise Refused(_("This step is out of use. Make a new one instead."), code="step_retired")


def _check_way(step: CareerStep, way: Way) -> None:
    if step.pk and Arrow.of(step) == way.arrow:
        return
    if step.pk and step.nominations.exists():
        text = _("Somebody was nominated for this step, so it stays between these jobs. Retire it and make another.")
        raise Refused(text, field="to_position", code="step_used")
    if way.arrow.begin.meets(way.arrow.end):
        raise Refused(
            _("A step leads to another position or another grade."), field="to_position", code="step_to_itself"
        )
    others = CareerStep.objects.in_use().exclude(pk=step.pk).order_by("pk")
    arrows = [Arrow.of(other) for other in others]
    if way.arrow in arrows:
        raise Refused(
            _("There is this step already: %(step)s.") % {"step": way}, field="to_position", code="step_twice"
        )
    if places := loop(way.arrow, arrows):
        positions = Position.objects.in_bulk({place.position_id for place in places})
        raise LoopRefused([named(positions[place.position_id], place.grade) for place in places])


def _check_competencies(asked: Sequence[tuple[Competency, int]]) -> None:
    rows = Competency.objects.filter(pk__in=[competency.pk for competency, _level in asked]).with_levels()
    known = {row.pk: {level.number for level in row.levels.all()} for row in rows}
    seen: set[int] = set()
    for competency, level in asked:
        words = {"competency": competency, "level": level}
        if competency.retired_at:
            _refuse_competency(_("“%(competency)s” is retired.") % words, "competency_retired")
        if competency.pk in seen:
            _refuse_competency(_("“%(competency)s” stands here twice.") % words, "competency_twice")
        if level not in known[competency.pk]:
            _refuse_competency(_("“%(competency)s” has no level %(level)s.") % words, "level_unknown")
        seen.add(competency.pk)


def _refuse_competency(message: str, code: str) -> None:
    raise Refused(message, field="competencies", code=code)


def _ask_competencies(step: CareerStep, wanted: dict[Competency, int]) -> None:
    """Only what differs is written, so that the trail tells what was changed."""
    step.competencies.exclude(competency__in=wanted).delete()
    present = {row.competency_id: row for row in step.competencies.all()}
    for competency, level in wanted.items():
        row = present.get(competency.pk) or StepCompetency(step=step, competency=competency)
        if row.level != level:
            row.level = level
            row.save()
