from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from mentoring.checkins import actions, moving
from mentoring.checkins.actions import StepText, Talk, note_checkin
from mentoring.checkins.away import next_day
from mentoring.checkins.models import AgendaItem, CheckIn, NextStep, Progress
from mentoring.checkins.steps import LONGEST as LONGEST_STEP
from mentoring.checkins.steps import check_step
from mentoring.checkins.talks import LONGEST, LONGEST_NOTE, SHORTEST
from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.core.errors import Refused
from trainingsite.core.forms import LIMITS, DayInput
from trainingsite.people.models import User

ROWS = 4  # next steps that are noted at once; more are added on the page of the check-in
SIDES = [(Side.MENTEE, gettext_lazy("The mentee")), (Side.MENTOR, gettext_lazy("I"))]
PARTS = ("text", "side", "due")
PART_OF = {"text": "text", "side": "side", "due_on": "due"}


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CheckInForm(forms.Form):
    """What a mentor notes; `held` is the check-in that is corrected."""

    held_on = forms.DateField(label=gettext_lazy("Held on"), widget=DayInput)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=SHORTEST, max_value=LONGEST, initial=30, error_messages=LIMITS
    )
    talked = forms.ModelMultipleChoiceField(
        AgendaItem.objects.none(),
        label=gettext_lazy("We talked about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What is left open stands on the agenda of the next check-in."),
    )
    progress = forms.TypedChoiceField(
        label=pgettext_lazy("check-in", "Progress"), choices=Progress.choices, coerce=int, widget=forms.RadioSelect
    )
    shared_note = forms.CharField(
        label=gettext_lazy("What was done"),
        max_length=LONGEST_NOTE,
        widget=_words(4),
        help_text=gettext_lazy("The mentee reads it, and so do HR and the supervisor."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for myself"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=_words(2),
        help_text=gettext_lazy("Nobody else ever reads it, HR neither."),
    )
    next_due_on = forms.DateField(label=gettext_lazy("Next check-in"), widget=DayInput)

    def __init__(self, *args: Any, pairing: Pairing, on: date, held: CheckIn | None = None, **kwargs: Any) -> None:
        planned = pairing.checkins.planned().first()
        self.pairing, self.on, self.held = pairing, on, held
        about = held or planned
        steps = list(about.next_steps.all()) if about else []
        kwargs["initial"] = _initial(pairing, about, on) | _step_values(steps) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self._add_rows(max(ROWS, len(steps) + 1))
        items = about.agenda.all() if about else AgendaItem.objects.none()
        self._ask_what_was_talked_about(items)
        if held:
            self.fields["held_on"].disabled = True
            del self.fields["next_due_on"]  # what is planned stays, overdue or not

    def _ask_what_was_talked_about(self, items: Any) -> None:
        talked: Any = self.fields["talked"]
        talked.queryset = items
        talked.initial = [item.pk for item in items if item.talked_at]
        if not items:
            del self.fields["talked"]

    def _add_rows(self, rows: int) -> None:
        for number in range(1, rows + 1):
            for name, field in _row(number).items():
                self.fields[name] = field
        later = [f"step{number}_{part}" for number in range(2, rows + 1) for part in PARTS]
        self.rows = rows
        self.more_fields = tuple(name for name in later if not self.initial.get(f"{name.split('_')[0]}_text"))
        sides = [f"step{number}_{part}" for number in range(1, rows + 1) for part in ("side", "due")]
        self.half_width = ("held_on", "minutes", *sides)
        self.order_fields([*(name for name in self.fields if name != "next_due_on"), "next_due_on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day = given.get("held_on")
        for number, step in self._steps():
            try:
                check_step(step, talked_on=day or date.min)
            except Refused as refusal:
                self.add_error(f"step{number}_{PART_OF[refusal.field or 'text']}", str(refusal.message))
        return given

    def _steps(self) -> Iterator[tuple[int, StepText]]:
        for number in range(1, self.rows + 1):
            text, side, due_on = (self.cleaned_data.get(f"step{number}_{part}") for part in PARTS)
            if text:
                yield number, StepText(side or Side.MENTEE, text, due_on)

    @transaction.atomic
    def save(self) -> CheckIn:
        given = self.cleaned_data
        names = ("held_on", "note", "progress", "shared_note", "minutes")
        talk = Talk(
            **{name: given[name] for name in names},
            next_steps=[step for _number, step in self._steps()],
            talked=[item.pk for item in given.get("talked", [])],
        )
        return note_checkin(self.pairing, talk, next_due_on=given.get("next_due_on"), on=self.on)


def _row(number: int) -> dict[str, forms.Field]:
    labels = [_("Next step"), pgettext("check-in", "Who"), pgettext("check-in", "Until")]
    if number > 1:
        words = [_("Step %(number)s"), _("Who does step %(number)s"), _("Step %(number)s until")]
        labels = [word % {"number": number} for word in words]
    return {
        f"step{number}_text": forms.CharField(label=labels[0], max_length=LONGEST_STEP, required=False),
        f"step{number}_side": forms.ChoiceField(label=labels[1], choices=SIDES, initial=Side.MENTEE, required=False),
        f"step{number}_due": forms.DateField(label=labels[2], widget=DayInput, required=False),
    }


def _initial(pairing: Pairing, about: CheckIn | None, on: date) -> dict[str, Any]:
    """What is known already: of the talk that is corrected, or what was prepared for the planned one."""
    values: dict[str, Any] = {"held_on": on, "next_due_on": next_day(pairing, on=on)}
    if about:
        values |= {"note": about.note, "shared_note": about.shared_note}
    if about and about.held_on:
        values |= {"held_on": about.held_on, "progress": about.progress, "minutes": about.minutes}
    return values


def _step_values(steps: list[NextStep]) -> dict[str, Any]:
    return {
        f"step{number}_{part}": value
        for number, step in enumerate(steps, start=1)
        for part, value in zip(PARTS, (step.text, step.side, step.due_on), strict=True)
    }


class PartForm(forms.Form):
    """One of several small forms of a page: its ids begin with the name of the part."""

    part = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": f"{self.part}-%s"})


class AgendaForm(PartForm):
    part = "agenda"
    text = forms.CharField(label=gettext_lazy("A topic for the talk"), max_length=200)

    def save(self, checkin: CheckIn, *, by: User) -> AgendaItem:
        return actions.add_item(checkin, self.cleaned_data["text"], by=by)


class StepForm(PartForm):
    """A step more; only the mentor says whose it is."""

    part = "step"
    text = forms.CharField(label=gettext_lazy("Next step"), max_length=LONGEST_STEP)
    side = forms.ChoiceField(label=pgettext_lazy("check-in", "Who"), choices=SIDES)
    due_on = forms.DateField(label=pgettext_lazy("check-in", "Until"), widget=DayInput, required=False)
    half_width = ("side", "due_on")

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if side == Side.MENTEE:
            del self.fields["side"]

    def save(self, checkin: CheckIn, *, by: User) -> NextStep:
        given = self.cleaned_data
        step = StepText(given.get("side", Side.MENTEE), given["text"], given["due_on"])
        return actions.add_step(checkin, step, by=by)


class OwnNoteForm(PartForm):
    part = "own"
    text = forms.CharField(
        label=gettext_lazy("Note for myself"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=_words(3),
        help_text=gettext_lazy("Nobody else ever reads it, HR neither."),
    )

    def save(self, checkin: CheckIn, *, by: User) -> None:
        actions.save_own_note(checkin, self.cleaned_data["text"], by=by)


class MoveForm(forms.Form):
    wanted_on = forms.DateField(label=gettext_lazy("Another day"), widget=DayInput)
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)

    def save(self, checkin: CheckIn, *, by: User, on: date) -> CheckIn:
        return moving.ask_for_day(checkin, self.cleaned_data["wanted_on"], why=self.cleaned_data["why"], by=by, on=on)


class PlanForm(forms.Form):
    """A day for the next check-in where none is planned."""

    next_due_on = forms.DateField(label=gettext_lazy("Next check-in"), widget=DayInput)

    def save(self, pairing: Pairing, *, on: date) -> CheckIn:
        return actions.plan_checkin(pairing, due_on=self.cleaned_data["next_due_on"], on=on)
