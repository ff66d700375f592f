"""The words of a check-in's reminders."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainingsite.notices.kinds import KINDS, Kind


def due(facts: dict[str, Any]) -> str:
    if facts["stage"] == "tomorrow":
        return _("Tomorrow: check-in with %(other)s") % facts
    if facts["stage"] == "today":
        return _("Today: check-in with %(other)s") % facts
    return _("The check-in with %(other)s is overdue") % facts


def day(facts: dict[str, Any]) -> str:
    return _("Planned for %(day)s") % {"day": date_format(date.fromisoformat(facts["on"]), "DATE_FORMAT")}


KINDS.register("checkin_due", Kind(due, "calendar-due", day))
