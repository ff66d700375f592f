"""Inputs of the forms of sessions: moments, rooms, instructors."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.instructors.models import Instructor
from courses.rooms.models import Room


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time, which takes ISO moments whatever the language."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    widget = MomentInput
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


class RoomField(forms.ModelChoiceField[Room]):
    """A select of the rooms in use, with their building and seats."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Room.objects.none(), **kwargs)

    def offer(self, kept: int | None = None) -> None:
        """Offer the rooms in use, and the one that was chosen before."""
        rooms = Room.objects.filter(Q(retired_at=None) | Q(pk__in=[kept] if kept else []))
        self.queryset = rooms.order_by("building", "name", "pk")

    def label_from_instance(self, obj: Room) -> str:
        seats = _("%(n)s seats") % {"n": obj.seats} if obj.seats else ""
        return " · ".join(part for part in (obj.name, obj.building, seats) if part)


class InstructorsField(forms.ModelMultipleChoiceField[Instructor]):
    """Boxes of those who can be asked; those from outside with their company."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Instructor.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer(self, kept: Iterable[int] = ()) -> None:
        """Offer those who can be asked, and those who were asked before."""
        self.queryset = Instructor.objects.offered(kept).by_name()

    def label_from_instance(self, obj: Instructor) -> str:
        return f"{obj} · {obj.company or _('from outside')}" if obj.is_outside else str(obj)
