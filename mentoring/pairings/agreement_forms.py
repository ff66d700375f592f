from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.pairings.actions import GoalText, save_agreement
from mentoring.pairings.agreement import MOST_GOALS
from mentoring.pairings.models import Pairing
from trainingsite.core import clock
from trainingsite.core.forms import DayInput
from trainingsite.people.models import User

LEAST_ROWS = 3


class AgreementForm(forms.Form):
    """The goal as a whole, until when, and single goals, each with its day."""

    goal = forms.CharField(
        label=gettext_lazy("Goal"),
        max_length=300,
        help_text=gettext_lazy("What the newcomer shall be able to do, and by when."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    planned_end = forms.DateField(label=gettext_lazy("Planned until"), widget=DayInput)

    def __init__(self, *args: Any, pairing: Pairing, **kwargs: Any) -> None:
        kept = list(pairing.goals.all())
        kwargs["initial"] = {"goal": pairing.goal, "planned_end": pairing.planned_end}
        super().__init__(*args, **kwargs)
        self.pairing = pairing
        self.rows = min(MOST_GOALS, max(LEAST_ROWS, len(kept) + 1))
        for number in range(1, self.rows + 1):
            row = kept[number - 1] if number <= len(kept) else None
            self._add_row(number, row.text if row else "", row.by_day if row else None)
        self.half_width = tuple(name for name in self.fields if name.startswith(("text-", "day-")))

    def _add_row(self, number: int, text: str, day: date | None) -> None:
        words = {"number": number}
        self.fields[f"text-{number}"] = forms.CharField(
            label=_("Goal %(number)s") % words, max_length=200, required=False, initial=text
        )
        self.fields[f"day-{number}"] = forms.DateField(
            label=_("Goal %(number)s: by") % words, required=False, initial=day, widget=DayInput
        )

    def clean(self) -> dict[str, Any]:
        """A goal has words and a day, or neither."""
        given = super().clean() or {}
        for number in range(1, self.rows + 1):
            text, day = given.get(f"text-{number}"), given.get(f"day-{number}")
            if text and not day and f"day-{number}" not in self.errors:
                self.add_error(f"day-{number}", _("By which day?"))
            if day and not text:
                self.add_error(f"text-{number}", _("Each goal needs words."))
        return given

    def save(self, *, by: User) -> Pairing:
        given = self.cleaned_data
        rows = [(given[f"text-{n}"], given[f"day-{n}"]) for n in range(1, self.rows + 1)]
        goals = [GoalText(text, day) for text, day in rows if text]
        facts = {"planned_end": given["planned_end"], "goal": given["goal"]}
        return save_agreement(self.pairing, goals, by=by, at=clock.now(), **facts)
