from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trainingsite.people.history.events import trails

PEOPLE = "people.user"


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class HistoryForm(forms.Form):
    """What to look for in the trail."""

    what = forms.ChoiceField(label=_("What"), required=False)
    about = forms.CharField(
        label=_("About whom"), required=False, widget=forms.SearchInput(attrs={"placeholder": _("Name or number")})
    )
    by = forms.CharField(label=_("Changed by"), required=False, widget=forms.SearchInput())
    since = _day(_("From"))
    until = _day(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(key, capfirst(str(trail.pgh_tracked_model._meta.verbose_name))) for key, trail in trails().items()]
        field: Any = self.fields["what"]
        field.choices = sorted(kinds, key=lambda kind: kind[0] != PEOPLE)
