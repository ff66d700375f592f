"""The question of who can cover something, as a page and a machine ask it."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.matrix.columns import Column
from assessments.matrix.coverage import Ask
from assessments.matrix.filters import tree
from courses.competencies.models import MOST_LEVELS
from trainingsite.core.forms import LIMITS
from trainingsite.people.models import Department

USUAL_LEVEL, USUAL_NEED, MOST_NEEDED = 3, 2, 999
FURTHEST = timedelta(days=92)


class CoverageForm(forms.Form):
    """Only the competencies have to be chosen; the rest has defaults."""

    half_width = ("level", "day", "starts", "ends", "department", "needed")
    errors_title = pgettext_lazy("coverage", "Please correct the question")

    competency = forms.TypedMultipleChoiceField(
        label=_("What has to be covered"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    level = forms.TypedChoiceField(
        label=_("At least on level"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, MOST_LEVELS + 1)],
        required=False,
    )
    day = forms.DateField(
        label=pgettext_lazy("coverage", "On"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = forms.TimeField(
        label=pgettext_lazy("coverage", "From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Empty: the whole day"),
    )
    ends = forms.TimeField(
        label=pgettext_lazy("coverage", "Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    department = forms.TypedChoiceField(label=_("Department"), coerce=int, required=False)
    needed = forms.IntegerField(
        label=_("At least this many on shift"),
        required=False,
        min_value=1,
        max_value=MOST_NEEDED,
        error_messages=LIMITS,
    )

    def __init__(
        self, data: Any, *, every: Sequence[Column], departments: Mapping[int, Department], today: date
    ) -> None:
        self.today, self.departments = today, departments
        usual = {"level": USUAL_LEVEL, "day": next_sunday(today), "needed": USUAL_NEED}
        super().__init__(data and _filled(data, usual), initial=usual)
        grouped = groupby(every, key=lambda column: column.group)
        offers = [(group, [(column.pk, column.title) for column in inside]) for group, inside in grouped]
        self.fields["competency"].choices = offers  # type: ignore[attr-defined]  # a field of choices
        self.fields["department"].choices = [("", _("All departments")), *tree(departments)]  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not self.today <= day <= self.today + FURTHEST:
            raise forms.ValidationError(_("Choose a day from today on, at most three months ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if ends and ends <= (starts or time(0)):
            self.add_error("ends", _("The end is not after the beginning."))
        return cleaned

    @property
    def place(self) -> Department | None:
        """The department that was chosen."""
        return self.departments.get(self.cleaned_data["department"] or 0)

    def ask(self) -> Ask:
        given = self.cleaned_data
        return Ask(
            competencies=tuple(given["competency"]),
            level=given["level"],
            day=given["day"],
            starts=given["starts"] or time(0),
            ends=given["ends"],
            needed=given["needed"],
        )


def _filled(data: Any, usual: Mapping[str, Any]) -> Any:
    """What was asked, with what is usual where nothing was said, so that the page shows it."""
    filled = data.copy()
    for name, value in usual.items():
        if not filled.get(name):
            filled[name] = str(value)
    return filled


def next_sunday(today: date) -> date:
    """The day that is asked about most: the next Sunday, today if it is one."""
    return today + timedelta(days=6 - today.weekday())
