from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.rooms.actions import save_room
from courses.rooms.models import Room
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.models import User

MOST_SEATS = 2000
NAMES = ("name", "building", "seats", "equipment")


class RoomForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    building = forms.CharField(label=_("Building"), max_length=60, required=False)
    seats = forms.IntegerField(
        label=pgettext_lazy("room", "Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=_("Sessions with more people are refused here. Empty: nobody has counted."),
    )
    equipment = forms.CharField(
        label=_("Equipment"),
        max_length=200,
        required=False,
        help_text=_("Projector, whiteboard, headsets …"),
    )

    half_width = ("name", "building", "seats")

    def __init__(self, *args: Any, room: Room | None = None, **kwargs: Any) -> None:
        self.room = room
        if room:
            kwargs["initial"] = {name: getattr(room, name) for name in NAMES}
        super().__init__(*args, **kwargs)

    def save(self, *, by: User) -> Room | None:
        """The saved room, or None when a rule said no."""
        try:
            return save_room(self.room, **self.cleaned_data, by=by, at=clock.now())
        except Refused as refusal:
            show_refusal(self, refusal)
            return None
