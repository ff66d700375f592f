"""The words of a check-in's reminders."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainingsite.notices.kinds import KINDS, Kind


def due(facts: dict[str, Any]) -> str:
    words = {
        "tomorrow": _("Tomorrow: check-in with %(other)s"),
        "today": _("Today: check-in with %(other)s"),
        "away": _("%(who)s is away on the day of the check-in with %(other)s: agree on another day"),
        "told_hr": _("The check-in with %(other)s is still overdue; HR knows of it now"),
    }
    return words.get(facts["stage"], _("The check-in with %(other)s is overdue")) % facts


def missed(facts: dict[str, Any]) -> str:
    if facts["stage"] == "mentor_away":
        return _("%(mentor)s is away, and the check-in with %(mentee)s waits: who steps in?") % facts
    return _("%(mentor)s and %(mentee)s have missed their check-in for %(days)s days") % facts


def another_day(facts: dict[str, Any]) -> str:
    words = {
        "asked": _("%(other)s asks for another day for the check-in"),
        "agreed": _("%(other)s agrees to the other day for the check-in"),
        "declined": _("%(other)s would rather keep the day of the check-in"),
    }
    return words[facts["stage"]] % facts


def day(facts: dict[str, Any]) -> str:
    return _("Planned for %(day)s") % {"day": date_format(date.fromisoformat(facts["on"]), "DATE_FORMAT")}


def wanted(facts: dict[str, Any]) -> str:
    asked = _("Asked for: %(day)s") % {"day": date_format(date.fromisoformat(facts["on"]), "DATE_FORMAT")}
    return "\n".join(filter(None, [asked, facts["why"]]))


KINDS.register("checkin_due", Kind(due, "calendar-due", day))
KINDS.register("checkin_missed", Kind(missed, "alert-triangle", day))
KINDS.register("checkin_day", Kind(another_day, "calendar-event", wanted))
