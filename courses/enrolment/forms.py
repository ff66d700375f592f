from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainingsite.core.forms import DayInput

ACTS = [
    ("extend", gettext_lazy("Extend")),
    ("withdraw", gettext_lazy("Withdraw")),
    ("remind", gettext_lazy("Remind")),
]


class BulkForm(forms.Form):
    """What to do with the chosen enrolments; the chosen keys and the act travel hidden from the list to the check."""

    act = forms.ChoiceField(choices=ACTS, widget=forms.HiddenInput)
    due_on = forms.DateField(label=gettext_lazy("New due date"), required=False, widget=DayInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)

    NEEDS = {"extend": "due_on", "withdraw": "reason", "remind": ""}

    def __init__(self, data: Any, *, asked: str) -> None:
        super().__init__(data if data.get("confirmed") else None, initial={"act": asked})
        for field in ("due_on", "reason"):
            if field != self.NEEDS[asked]:
                del self.fields[field]
            else:
                self.fields[field].required = True
        if "reason" in self.fields:
            self.fields["reason"].error_messages["required"] = _("Say why, so that it can be understood later.")
