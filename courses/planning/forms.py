from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.planning.actions import check_season, load_ready, ready_for, save_season, set_rule
from courses.planning.models import PERCENT, Season
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput
from trainingsite.core.models import Job
from trainingsite.people.models import User

FIRST_DAY = pgettext_lazy("season", "First day")
LAST_DAY = pgettext_lazy("season", "Last day")


class CheckedForm(forms.Form):
    """A form that is shown with its consequences before it is saved: `seen` is what they were shown for."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def print_of(self) -> str:
        """What was typed, as one text; the same text means that the consequences were seen."""
        return "|".join(str(self.cleaned_data[name]) for name in self.fields if name != "seen")

    @property
    def was_seen(self) -> bool:
        return bool(self.cleaned_data["seen"] == self.print_of())


class SeasonForm(CheckedForm):
    """A season of the company's own, or a change of one."""

    name = forms.CharField(label=pgettext_lazy("season", "Name"), max_length=60)
    starts_on = forms.DateField(label=FIRST_DAY, widget=DayInput())
    ends_on = forms.DateField(label=LAST_DAY, widget=DayInput())
    blackout = forms.BooleanField(
        label=gettext_lazy("No training on these days"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"role": "switch"}),
        help_text=gettext_lazy("Nothing is scheduled and nothing is due on these days."),
    )
    max_in_training_percent = forms.IntegerField(
        label=gettext_lazy("At most in training at the same hour (%)"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Of the people of each team; empty: the usual limit."),
    )

    half_width = ("starts_on", "ends_on")

    def __init__(self, *args: Any, season: Season | None = None, **kwargs: Any) -> None:
        self.season = season or Season()
        if season:
            names = ("name", "starts_on", "ends_on", "blackout", "max_in_training_percent")
            kwargs["initial"] = {name: getattr(season, name) for name in names}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Put what was typed into the season and let the rules speak."""
        cleaned = super().clean() or {}
        if not self.errors:
            for name in ("name", "starts_on", "ends_on", "blackout", "max_in_training_percent"):
                setattr(self.season, name, cleaned[name])
            _check(self, self.season)
        return cleaned

    def save(self, *, by: User, move_due: bool) -> Job | None:
        return save_season(self.season, by=by, on=clock.today(), move_due=move_due)


def _check(form: forms.Form, season: Season, prefix: str = "") -> None:
    try:
        check_season(season)
    except Refused as refusal:
        if prefix:
            form.add_error(f"{prefix}{refusal.field}", str(refusal.message))
        else:
            show_refusal(form, refusal)


class ReadyForm(CheckedForm):
    """The ready entries of a year with dates to adjust; an entry that is not wanted is left out."""

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = [season for _entry, season in ready_for(year)]
        for number, season in enumerate(self.entries):
            take = forms.BooleanField(label=season.name, required=False, initial=True)
            self.fields[f"{number}-take"] = take
            for name, label in (("starts_on", FIRST_DAY), ("ends_on", LAST_DAY)):
                picker = DayInput(attrs={"aria-label": f"{season.name} {label}"})
                day = forms.DateField(label=label, initial=getattr(season, name), widget=picker)
                self.fields[f"{number}-{name}"] = day

    def rows(self) -> list[tuple[Season, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each entry with its tick and its two days."""
        names = ("take", "starts_on", "ends_on")
        return [
            (season, *(self[f"{number}-{name}"] for name in names))  # type: ignore[misc]  # three of them
            for number, season in enumerate(self.entries)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, season in enumerate(self.entries):
            first, last = (cleaned.get(f"{number}-{name}") for name in ("starts_on", "ends_on"))
            if isinstance(first, date) and isinstance(last, date):
                season.starts_on, season.ends_on = first, last
                _check(self, season, f"{number}-")
        return cleaned

    def chosen(self) -> list[Season]:
        """The entries that are wanted; before anything was sent, all."""
        if not self.is_bound:
            return self.entries
        return [season for number, season in enumerate(self.entries) if self.cleaned_data[f"{number}-take"]]

    def save(self, *, by: User) -> list[Season]:
        return load_ready(self.chosen(), by=by, on=clock.today())


class RuleForm(forms.Form):
    """What holds outside seasons too."""

    max_in_training_percent = forms.IntegerField(
        label=gettext_lazy("At most in training at the same hour (%)"),
        min_value=1,
        max_value=100,
        validators=PERCENT,
        help_text=gettext_lazy("Of the people of each team; one person may always be trained."),
    )

    def save(self) -> None:
        set_rule(self.cleaned_data["max_in_training_percent"])
