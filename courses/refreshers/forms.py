"""The form of a rule: what comes again, when, and what people are told. An AudienceForm beside it asks for whom."""

from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.audiences.forms import AudienceForm
from courses.refreshers.actions import MOST_DAYS, Rule, save_rule
from courses.refreshers.checks import MOST_AHEAD
from courses.refreshers.models import HOUSE_ZONE, MOST_REASON, Refresher, usual_reminders
from courses.refreshers.rhythms import On, Rhythm, chosen_of, rule_from
from courses.refreshers.rrule_text import LONGEST, MOST_COUNT
from courses.refreshers.rrule_text import WEEKDAYS as NAMES
from courses.refreshers.whats import WHATS
from courses.workdays.days import Region, Shift
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import DayInput
from trainingsite.core.given import whole
from trainingsite.people.models import User
from trainingsite.people.staff.forms import ZoneField

PLAIN = ("title", "starts_on", "zone", "shift", "region", "days_to_complete", "announce_days", "escalate_days")
MOST_EVERY = 52
NINE = time(9)


class DaysField(forms.CharField):
    """Several days, one a line; what cannot be read is said with its line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=6_000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(day.isoformat() for day in value)

    def clean(self, value: Any) -> Any:
        lines = (super().clean(value) or "").replace(",", "\n").replace("，", "\n").replace("、", "\n").split("\n")
        return tuple(_day(line.strip(), number) for number, line in enumerate(lines, start=1) if line.strip())


def _day(text: str, number: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        said = _("Line %(number)s: “%(text)s” is no date; write 2026-10-01.")
        raise forms.ValidationError(said % {"number": number, "text": text[:20]}) from error


class RemindersField(forms.CharField):
    """Days before the due day, as in 7, 3, 1."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(map(str, value))

    def clean(self, value: Any) -> Any:
        parts = (super().clean(value) or "").replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
        found = [whole(part, MOST_DAYS) for part in parts if part]
        if None in found:
            raise forms.ValidationError(_("Write whole numbers of days, as in 7, 3, 1."))
        return tuple(found)


class RhythmForm(forms.Form):
    """When it comes: what `rule_from` takes."""

    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=Rhythm.choices, initial=Rhythm.MONTHLY)
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput())
    every = forms.IntegerField(
        label=pgettext_lazy("rhythm", "Every … times"),
        min_value=1,
        max_value=MOST_EVERY,
        initial=1,
        help_text=gettext_lazy("1: each time; 2: every second day, week, month, quarter or year."),
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On these days of the week"),
        choices=[(name, WEEKDAYS[number]) for number, name in enumerate(NAMES)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: the weekday of the first day."),
    )
    on = forms.ChoiceField(label=gettext_lazy("Day of the month"), choices=On.choices, initial=On.DAY, required=False)
    own = forms.CharField(
        label=gettext_lazy("Rule"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("For example FREQ=MONTHLY;BYDAY=2TU: the second Tuesday of each month."),
    )
    at_time = forms.TimeField(
        label=pgettext_lazy("refresher", "At"),
        initial=NINE,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    zone = ZoneField(label=gettext_lazy("Time zone"), initial=HOUSE_ZONE)
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput())
    times = forms.IntegerField(label=gettext_lazy("How many times"), min_value=1, max_value=MOST_COUNT, required=False)
    exdates = DaysField(
        label=gettext_lazy("Days left out"), help_text=gettext_lazy("One day a line, as in 2026-10-01.")
    )
    shift = forms.ChoiceField(label=gettext_lazy("On days off"), choices=Shift.choices, initial=Shift.NEXT)
    region = forms.ChoiceField(label=gettext_lazy("Holidays of"), choices=Region.choices, initial=Region.CN)

    @property
    def rrule(self) -> str:
        return rule_from(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("rhythm") == Rhythm.OWN and not given.get("own"):
            self.add_error("own", _("Write the rule."))
        if given.get("until") and given.get("times"):
            self.add_error("times", _("Say either how many times or until when, not both."))
        return given


class RefresherForm(RhythmForm):
    """A rule of the kind `what`, whose own fields are asked first."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Optional; else the title of what comes again."),
    )
    days_to_complete = forms.IntegerField(
        label=gettext_lazy("Days to complete"), min_value=1, max_value=MOST_DAYS, initial=14
    )
    announce_days = forms.IntegerField(
        label=gettext_lazy("Announced (days before)"),
        min_value=0,
        max_value=MOST_AHEAD,
        initial=0,
        help_text=gettext_lazy("0: people hear of it when it opens."),
    )
    reminders = RemindersField(
        label=gettext_lazy("Reminders (days before the due day)"),
        required=False,
        initial=usual_reminders,
        help_text=gettext_lazy("As in 7, 3, 1; empty: none."),
    )
    escalate_days = forms.IntegerField(
        label=gettext_lazy("Supervisors are told (days after the due day)"),
        min_value=0,
        max_value=MOST_AHEAD,
        initial=3,
        required=False,
        help_text=gettext_lazy("Who is missing then; empty: never."),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        what: str,
        refresher: Refresher | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.what, self.refresher = what, refresher
        self.own_fields = WHATS[what].fields()
        super().__init__(data, initial=initial or (_initial(refresher) if refresher else None))
        self.fields |= self.own_fields
        if refresher:
            self.fields["zone"] = ZoneField(label=self.fields["zone"].label, kept=refresher.zone)

    def about_fields(self) -> list[forms.BoundField]:
        """What comes again."""
        return [self[name] for name in (*self.own_fields, "title")]

    def rule(self, who: AudienceForm, by: User) -> Rule:
        """Everything that was said."""
        given = self.cleaned_data
        own = {name: given[name] for name in self.own_fields}
        plain = {name: given[name] for name in PLAIN}
        known = {name: own.pop(name) for name in ("course", "template") if name in own}
        return Rule(
            what=self.what,
            audience=who.audience(by),
            rrule=self.rrule,
            at_time=given["at_time"],
            exdates=given["exdates"],
            reminders=given["reminders"],
            settings=own,
            ready=self.data.get("ready", "")[:40],
            **plain,
            **known,
        )

    def save(self, who: AudienceForm, *, by: User) -> Refresher | None:
        """The saved refresher, or None when a rule said no; the refusal then stands at its field."""
        try:
            return save_rule(self.refresher, self.rule(who, by), by=by, at=clock.now())
        except Refused as refusal:
            self.show(refusal)
            return None

    def show(self, refusal: Refused) -> None:
        """Put the refusal at its field; what is wrong with the rule stands where it was chosen."""
        if refusal.field == "rrule":
            own = self.cleaned_data.get("rhythm") == Rhythm.OWN
            self.add_error("own" if own else "rhythm", str(refusal.message))
        else:
            show_refusal(self, refusal)


def _initial(refresher: Refresher) -> dict[str, Any]:
    """The form as the rule is."""
    plain = {name: getattr(refresher, name) for name in (*PLAIN, "at_time", "reminders")}
    about = {"course": refresher.course_id, "template": refresher.template_id, **refresher.settings}
    days = {"exdates": sorted(refresher.days_left_out)}
    return {**about, **plain, **days, **chosen_of(refresher.rrule, refresher.starts_on)}


class ReasonForm(forms.Form):
    """Why a run is left out, moved or run by hand, or a rule paused."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=MOST_REASON, help_text=gettext_lazy("It is kept with the run.")
    )


class MoveRunForm(ReasonForm):
    on = forms.DateField(label=gettext_lazy("New day"), widget=DayInput())

    field_order = ("on", "reason")
