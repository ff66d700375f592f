from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainingsite.people.history.kinds import kinds

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
        field: Any = self.fields["what"]
        field.choices = kinds()
