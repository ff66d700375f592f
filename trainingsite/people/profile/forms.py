from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainingsite.people.models import User
from trainingsite.people.staff.actions import set_preferences
from trainingsite.people.staff.forms import ZoneField
from trainingsite.people.staff.models import LANGUAGES


class PreferencesForm(forms.Form):
    locale = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    time_zone = ZoneField(label=_("Time zone"), help_text=_("Dates and times are shown in it."))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        kwargs["initial"] = {"locale": person.locale, "time_zone": person.time_zone}
        super().__init__(*args, **kwargs)
        kept: Any = self.fields["time_zone"]
        kept.choices = ZoneField(kept=person.time_zone).choices

    def save(self) -> None:
        """Keep what was chosen."""
        set_preferences(self.person, **self.cleaned_data)
