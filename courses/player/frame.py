"""The frame around every unit that is learnt: where it stands in the course, and the way on."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from courses.curriculum.models import Unit
from courses.enrolment.actions import open_unit
from courses.enrolment.models import Enrolment
from courses.player.outline import Outline, Step, outlines_of
from trainingsite.core import clock
from trainingsite.people.access.doors import me


@dataclass(frozen=True)
class Frame:
    """A unit on a person's way through a course; templates extend `courses/player/frame.html` with it as `frame`."""

    outline: Outline
    step: Step

    @property
    def enrolment(self) -> Enrolment:
        return self.outline.enrolment

    @property
    def unit(self) -> Unit:
        return self.step.unit

    @property
    def before(self) -> Step | None:
        return self.outline.around(self.unit)[0]

    @property
    def after(self) -> Step | None:
        return self.outline.around(self.unit)[1]

    @property
    def is_open(self) -> bool:
        """Whether something can still be done here."""
        return self.enrolment.is_open and not self.step.is_done


def frame_of(request: HttpRequest, pk: int, unit_pk: int, *, kind: str) -> Frame:
    """The reader's own enrolment `pk` at the unit, noted as opened; 404 for anybody else's, and for another kind."""
    mine = Enrolment.objects.filter(person=me(request), withdrawn_at=None).select_related("course__topic")
    outline = outlines_of([get_object_or_404(mine, pk=pk)])[0]
    steps = {step.unit.pk: step for step in outline.steps}
    if unit_pk not in steps or steps[unit_pk].unit.kind != kind:
        get_object_or_404(Unit.objects.none())
    step = steps[unit_pk]
    if outline.enrolment.is_open and step.progress is None:
        open_unit(outline.enrolment, step.unit, at=clock.now())
    return Frame(outline, step)
