"""What the browser sends of a learner's way, now or when the network is back: a list of events, each safe to repeat."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext as _

from courses.curriculum.models import Unit
from courses.enrolment.actions import required_units
from courses.enrolment.models import Enrolment
from courses.player.actions import finish_reading, keep_bookmark, keep_note, keep_spot
from courses.player.models import LONGEST_NOTE
from trainingsite.core.errors import Refused

MOST_EVENTS = 200
LONGEST_ABSENCE = timedelta(days=90)
FURTHEST = 100_000


class Event(forms.Form):
    """What every event says: its own id, the unit, and how many milliseconds ago it happened by the browser's clock."""

    id = forms.CharField(max_length=64)
    unit = forms.IntegerField()
    ago = forms.IntegerField(min_value=0, max_value=int(LONGEST_ABSENCE.total_seconds() * 1000))


class SpotEvent(Event):
    place = forms.FloatField(min_value=0, max_value=FURTHEST)

    def act(self, enrolment: Enrolment, unit: Unit, happened: datetime, _now: datetime) -> None:
        keep_spot(enrolment, unit, place=self.cleaned_data["place"], at=happened)


class NoteEvent(Event):
    key = forms.UUIDField()
    text = forms.CharField(max_length=LONGEST_NOTE, required=False)

    def act(self, enrolment: Enrolment, unit: Unit, happened: datetime, _now: datetime) -> None:
        keep_note(enrolment, unit, key=self.cleaned_data["key"], text=self.cleaned_data["text"], at=happened)


class BookmarkEvent(Event):
    is_set = forms.BooleanField(required=False)

    def act(self, enrolment: Enrolment, unit: Unit, happened: datetime, _now: datetime) -> None:
        keep_bookmark(enrolment, unit, is_set=self.cleaned_data["is_set"], at=happened)


class ReadEvent(Event):
    def act(self, enrolment: Enrolment, unit: Unit, _happened: datetime, now: datetime) -> None:
        """A completion counts from when the server learns of it: the browser's clock judges no deadline."""
        finish_reading(enrolment, unit, at=now)


EVENTS: dict[str, type[Any]] = {"spot": SpotEvent, "note": NoteEvent, "bookmark": BookmarkEvent, "read": ReadEvent}


@dataclass
class Kept:
    """The ids of events that are kept now, and of those that never will be, with the reason."""

    kept: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def keep(enrolment: Enrolment, events: Any, *, at: datetime) -> Kept:
    """Apply each event on its own, in their order; raises Refused when this is no list of events."""
    if not isinstance(events, list) or len(events) > MOST_EVENTS or not all(isinstance(e, dict) for e in events):
        raise Refused(_("A list of at most %(most)s events is expected.") % {"most": MOST_EVENTS}, code="no_events")
    units = {unit.pk: unit for unit in required_units(enrolment).defer("body")}
    outcome = Kept()
    for event in events:
        name = str(event.get("id", ""))
        if problem := _problem(enrolment, units, event, at):
            outcome.refused[name] = problem
        else:
            outcome.kept.append(name)
    return outcome


def _problem(enrolment: Enrolment, units: dict[int, Unit], event: dict[str, Any], at: datetime) -> str:
    """Apply the event; why it can't be, or ""."""
    form_class: Callable[[dict[str, Any]], Any] | None = EVENTS.get(str(event.get("kind")))
    if form_class is None:
        return _("Nothing is known of this kind of event.")
    form = form_class(event)
    if not form.is_valid():
        return str(next(iter(form.errors.values()))[0])
    unit = units.get(form.cleaned_data["unit"])
    if unit is None:
        return _("This unit belongs to another course.")
    try:
        form.act(enrolment, unit, at - timedelta(milliseconds=form.cleaned_data["ago"]), at)
    except Refused as refusal:
        return str(refusal.message)
    except IntegrityError:  # the same note came twice in the same moment: the other one is kept
        return ""
    return ""
