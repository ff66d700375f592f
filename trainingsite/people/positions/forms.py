from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainingsite.people.models import Position
from trainingsite.people.positions.actions import save_position


class PositionForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    external_id = forms.CharField(label=_("HR system's id"), max_length=64, required=False)

    def __init__(self, *args: Any, position: Position | None = None, **kwargs: Any) -> None:
        self.position = position
        super().__init__(*args, **kwargs)

    def save(self) -> Position:
        """Create the position, or change the one that the form was made for."""
        return save_position(self.position, **self.cleaned_data)
