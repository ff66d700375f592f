"""The forms of the editor: a stage with its window in days or weeks, an item of any kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.programmes.checks import WEEK
from courses.programmes.kinds import ITEM_KINDS, cleaned_settings
from courses.programmes.models import Item, Stage
from courses.programmes.stages import save_item, save_stage
from trainingsite.core.errors import Refused, show_refusal

DAYS, WEEKS = "days", "weeks"


class StageForm(forms.Form):
    """Day 1 is the day on which a person starts; week 1 are the first seven days."""

    half_width = ("first_day", "last_day")
    title = forms.CharField(label=_("Title"), max_length=100)
    unit = forms.ChoiceField(
        label=_("Counted in"), choices=[(DAYS, _("days")), (WEEKS, _("weeks"))], widget=forms.RadioSelect, initial=DAYS
    )
    first_day = forms.IntegerField(
        label=pgettext_lazy("stage", "From"), min_value=1, help_text=_("1 is the first day, or the first week.")
    )
    last_day = forms.IntegerField(label=_("To, included"), min_value=1)
    optional_needed = forms.IntegerField(
        label=_("Of the optional items, so many are needed"), min_value=0, initial=0, required=False
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        self.stage = stage
        kwargs["initial"] = _initial(stage) if stage.pk else {"first_day": stage.first_day}
        super().__init__(*args, **kwargs)

    def save(self) -> Stage | None:
        """The saved stage, or None when the rule said no; the refusal then stands at its field."""
        given = self.cleaned_data
        weeks = given["unit"] == WEEKS
        try:
            return save_stage(
                self.stage,
                title=given["title"],
                first_day=(given["first_day"] - 1) * WEEK + 1 if weeks else given["first_day"],
                last_day=given["last_day"] * WEEK if weeks else given["last_day"],
                optional_needed=given["optional_needed"] or 0,
            )
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


def _initial(stage: Stage) -> dict[str, Any]:
    """Whole weeks are shown as weeks."""
    weeks = stage.first_day % WEEK == 1 and stage.last_day % WEEK == 0
    return {
        "title": stage.title,
        "unit": WEEKS if weeks else DAYS,
        "first_day": (stage.first_day - 1) // WEEK + 1 if weeks else stage.first_day,
        "last_day": stage.last_day // WEEK if weeks else stage.last_day,
        "optional_needed": stage.optional_needed,
    }


class ItemForm(forms.Form):
    """The inputs of the kind, and whether the item is required."""

    required = forms.BooleanField(
        label=_("Required"),
        help_text=_("Otherwise it is one of the optional items, of which the stage asks for a number."),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
    )

    def __init__(self, *args: Any, kind: str, stage: Stage, item: Item | None = None, **kwargs: Any) -> None:
        self.kind, self.stage, self.item = kind, stage, item
        if item:
            kwargs["initial"] = {"object": item.object_id, "required": item.required, **item.settings}
        super().__init__(*args, **kwargs)
        self.fields |= ITEM_KINDS[kind].fields()
        self.order_fields([name for name in self.fields if name != "required"])

    def save(self) -> Item | None:
        """The saved item, or None when the rule said no; the refusal then stands at its field."""
        given = dict(self.cleaned_data)
        required = given.pop("required")
        object_id, settings = cleaned_settings(given)
        try:
            return save_item(
                self.item, self.stage, kind=self.kind, object_id=object_id, settings=settings, required=required
            )
        except Refused as refusal:
            show_refusal(self, refusal)
            return None


class NewProgrammeForm(forms.Form):
    """A title, and the template to begin with."""

    title = forms.CharField(label=_("Title"), max_length=100)
    summary = forms.CharField(label=_("In one sentence"), max_length=300, required=False)


class NotesForm(forms.Form):
    """What is new in a version."""

    notes = forms.CharField(label=_("What is new, for colleagues"), max_length=300, required=False)


class CloneForm(forms.Form):
    """What the copy is called, and whether it is kept as a template."""

    title = forms.CharField(label=_("Title"), max_length=100)
    template = forms.BooleanField(label=_("Keep the copy as a template"), required=False)
