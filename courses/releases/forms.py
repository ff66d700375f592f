"""What HR and authors say when a version goes on its way."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.curriculum.models import CourseVersion, Reask

MAX_NOTES = 500


def _text(label: Any, *, required: bool, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=MAX_NOTES, widget=area, help_text=help_text)


class SendForm(forms.Form):
    """To HR, for review."""

    notes = _text(_("What is new"), required=False, help_text=_("HR reads it, and it stays in the list of versions."))


class ReturnForm(forms.Form):
    """Back to the author."""

    reason = _text(_("What has to change"), required=True)


class ReaskForm(forms.Form):
    """Whom a new version asks again, by when."""

    reask = forms.ChoiceField(
        label=_("People who completed an earlier version are asked for"),
        choices=Reask.choices,
        initial=Reask.NOBODY,
        widget=forms.RadioSelect,
    )
    ask_due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("For those who are asked again."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        due_on = data.get("ask_due_on")
        if data.get("reask") == Reask.NOBODY:
            data["ask_due_on"] = None
        elif "reask" in data and due_on is None and "ask_due_on" not in self.errors:
            self.add_error("ask_due_on", _("Say by when they have to learn it."))
        elif due_on is not None and due_on < self.today:
            self.add_error("ask_due_on", _("This date has passed."))
        return data


class ReleaseForm(ReaskForm):
    """Publish a new version: what it says is new, and whom it asks again."""

    field_order = ("notes", "reask", "ask_due_on")

    notes = _text(_("What is new"), required=False)

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        super().__init__(*args, initial={"notes": version.notes}, **kwargs)
