"""What people are told of rotations, and the words for it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.rotation.deciders import asked_about
from mentoring.rotation.models import Rotation, RotationState
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def message(rotation: Rotation, person_id: int, kind: str, stage: str, key: str = "") -> Message:
    """A notice about a rotation; `stage` chooses its words, `key` tells one of its kind from another."""
    facts = {
        "stage": stage,
        "name": rotation.person.name,
        "title": rotation.offer.title,
        "begins": rotation.begins_on.isoformat(),
        "ends": rotation.ends_on.isoformat(),
        "note": rotation.decision_note,
    }
    return Message(person_id, kind, f"{kind}:{rotation.pk}:{key or stage}", facts, rotation.get_absolute_url())


def tell(rotation: Rotation, people: Iterable[int], kind: str, stage: str, key: str = "") -> int:
    """Tell these people, each once; returns the new notices."""
    return notify(message(rotation, pk, kind, stage, key) for pk in people)


def tell_applied(rotation: Rotation) -> int:
    return tell(rotation, asked_about(rotation.person), "rotation_applied", "applied")


def tell_decided(rotation: Rotation) -> int:
    """The person, and the host of whoever comes."""
    told = tell(rotation, [rotation.person_id], "rotation_decided", rotation.state)
    if rotation.state == RotationState.APPROVED:
        told += tell(rotation, [rotation.host_id], "rotation_host", "approved")
    return told


def _decided(facts: dict[str, Any]) -> str:
    words = {
        "approved": _("You are going: %(title)s"),
        "declined": _("Your application for “%(title)s” was declined"),
        "stopped": _("Your rotation “%(title)s” was stopped early"),
        "finished": _("Your rotation “%(title)s” is finished"),
    }
    return words[facts["stage"]] % facts


def _host(facts: dict[str, Any]) -> str:
    words = {
        "approved": _("%(name)s comes to your team: %(title)s"),
        "withdrawn": _("%(name)s does not come after all: %(title)s"),
        "stopped": _("The rotation of %(name)s was stopped early: %(title)s"),
        "evaluated": _("%(name)s has said how the rotation was: %(title)s"),
        "finished": _("The rotation of %(name)s is finished: %(title)s"),
    }
    return words[facts["stage"]] % facts


def _applied(facts: dict[str, Any]) -> str:
    if facts["stage"] == "withdrawn":
        return _("%(name)s has withdrawn the application for “%(title)s”") % facts
    return _("%(name)s applies for the rotation “%(title)s”") % facts


def _asked(facts: dict[str, Any]) -> str:
    words = {
        "person": _("How was the rotation “%(title)s”? Say it in a few words"),
        "host": _("How did %(name)s do in the rotation “%(title)s”? Please evaluate it"),
        "task": _("A task of the rotation “%(title)s” is overdue"),
        "confirm": _("%(name)s has tasks that wait for your confirmation: %(title)s"),
        "evaluated": _("Your host has evaluated the rotation “%(title)s”"),
    }
    return words[facts["stage"]] % facts


def _days(facts: dict[str, Any]) -> str:
    first, last = (date_format(date.fromisoformat(facts[name]), "DATE_FORMAT") for name in ("begins", "ends"))
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _why(facts: dict[str, Any]) -> str:
    return "\n".join(filter(None, [_days(facts), facts["note"]]))


KINDS.register("rotation_applied", Kind(_applied, "arrows-exchange", _days))
KINDS.register("rotation_decided", Kind(_decided, "arrows-exchange", _why))
KINDS.register("rotation_host", Kind(_host, "arrows-exchange", _days))
KINDS.register("rotation_asked", Kind(_asked, "star", _days))
