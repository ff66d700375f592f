from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.rotation.fields import PersonField
from mentoring.wishes.actions import keep_apart
from mentoring.wishes.models import KeepApart


class KeepApartForm(forms.Form):
    """Two people, and why they are never paired."""

    one = PersonField(label=gettext_lazy("One person"), help_text=gettext_lazy("Employee number or name."))
    other = PersonField(label=gettext_lazy("The other person"), help_text=gettext_lazy("Employee number or name."))
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=KeepApart.Reason.choices, widget=forms.RadioSelect, initial="relatives"
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=200, required=False, help_text=gettext_lazy("Read by HR alone.")
    )
    half_width = ("one", "other")

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if self.cleaned_data.get("one") and self.cleaned_data.get("one") == self.cleaned_data.get("other"):
            self.add_error("other", ValidationError(_("Name two different people."), code="same_person"))
        return given

    def save(self) -> KeepApart:
        return keep_apart(**self.cleaned_data)
