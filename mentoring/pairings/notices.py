"""The words of a pairing's notices."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainingsite.notices.kinds import KINDS, Kind


def started(facts: dict[str, Any]) -> str:
    if facts["as"] == "mentor":
        return _("You guide %(other)s from now on") % facts
    return _("%(other)s is your mentor from now on") % facts


def ended(facts: dict[str, Any]) -> str:
    if facts["as"] == "mentor":
        return _("You no longer guide %(other)s") % facts
    return _("%(other)s is no longer your mentor") % facts


def agreement(facts: dict[str, Any]) -> str:
    words = {
        "changed": _("The agreement with %(other)s has changed: look at it and agree"),
        "waits": _("%(other)s has agreed to goals and dates; now it is your turn"),
        "complete": _("%(other)s and you have agreed on goals and dates"),
    }
    return words[facts["stage"]] % facts


def extended(facts: dict[str, Any]) -> str:
    until = date_format(date.fromisoformat(facts["until"]), "DATE_FORMAT")
    return _("Your time with %(other)s is extended until %(day)s") % {**facts, "day": until}


def goal(facts: dict[str, Any]) -> str:
    return _("Goal: %(goal)s") % facts if facts.get("goal") else ""


KINDS.register("pairing_started", Kind(started, "heart-handshake", goal))
KINDS.register("pairing_ended", Kind(ended, "flag", goal))
KINDS.register("agreement", Kind(agreement, "signature"))
KINDS.register("pairing_extended", Kind(extended, "calendar-plus", lambda facts: facts["note"]))
