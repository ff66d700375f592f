"""The frame around every unit that is learnt: where it stands in the course, and the way on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from courses.curriculum.models import Unit
from courses.enrolment.actions import open_unit
from courses.enrolment.models import Enrolment
from courses.player.models import Bookmark, Note, Spot
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

    @property
    def place(self) -> float | None:
        """The line where the reader stopped, on whatever device."""
        return None if self.step.is_done else getattr(self.enrolment, "place", None)

    @property
    def is_marked(self) -> bool:
        return bool(getattr(self.enrolment, "is_marked", False))

    @cached_property
    def notes(self) -> list[Note]:
        """The reader's own notes on the unit, the newest first."""
        return list(Note.objects.filter(enrolment=self.enrolment, unit=self.unit))


def frame_of(request: HttpRequest, pk: int, unit_pk: int, *, kind: str = "") -> Frame:
    """The reader's own enrolment `pk` at the unit, noted as opened; 404 for anybody else's, and for another kind."""
    mine = _with_own(Enrolment.objects.filter(person=me(request), withdrawn_at=None), unit_pk)
    outline = outlines_of([get_object_or_404(mine.select_related("course__topic"), pk=pk)])[0]
    steps = {step.unit.pk: step for step in outline.steps}
    if unit_pk not in steps or (kind and steps[unit_pk].unit.kind != kind):
        get_object_or_404(Unit.objects.none())
    step = steps[unit_pk]
    step.unit.course = outline.enrolment.course
    if outline.enrolment.is_open and step.progress is None:
        open_unit(outline.enrolment, step.unit, at=clock.now())
    return Frame(outline, step)


def _with_own(enrolments: QuerySet[Enrolment], unit_pk: int) -> QuerySet[Enrolment, Any]:
    """Each with the `place` where its learner stopped in the unit, and whether the unit `is_marked`."""
    here = {"enrolment": OuterRef("pk"), "unit": unit_pk}
    return enrolments.annotate(
        place=Subquery(Spot.objects.filter(**here).values("place")),
        is_marked=Subquery(Bookmark.objects.filter(**here).values("is_set")),
    )
