"""What people are told about write-ups."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.writeups.models import CaseBrief, State, WriteUp
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def tell_handed_in(write_up: WriteUp) -> int:
    """Tell the course's owner and the graders of the task that something waits."""
    facts = {"unit": write_up.unit.title, "person": write_up.enrolment.person.name, "number": write_up.number}
    url = reverse("write-up-grade", args=[write_up.pk])
    key = f"write-up:{write_up.pk}:handed-in"
    return notify(Message(person, "write_up_handed_in", key, facts, url) for person in set(_graders(write_up)))


def _graders(write_up: WriteUp) -> Iterator[int]:
    own = write_up.enrolment.person_id
    owner = write_up.unit.course.owner_id
    if owner and owner != own:
        yield owner
    brief = CaseBrief.objects.get(unit=write_up.unit_id)
    yield from brief.graders.exclude(pk=own).values_list("pk", flat=True)


def tell_decided(write_up: WriteUp) -> int:
    """Tell the person that the write-up has passed, or came back."""
    kind = "write_up_graded" if write_up.state == State.GRADED else "write_up_returned"
    facts = {"unit": write_up.unit.title, "percent": str(write_up.percent), "comment": write_up.comment[:300]}
    url = reverse("learn-write-up", args=[write_up.enrolment_id, write_up.unit_id])
    key = f"write-up:{write_up.pk}:decided"
    return notify([Message(write_up.enrolment.person_id, kind, key, facts, url)])


def _handed_in(facts: dict[str, Any]) -> str:
    return _("To grade: “%(unit)s” by %(person)s") % facts


def _graded(facts: dict[str, Any]) -> str:
    return _("Your write-up “%(unit)s” has passed with %(percent)s %%") % facts


def _returned(facts: dict[str, Any]) -> str:
    return _("Your write-up “%(unit)s” came back: please revise it") % facts


def _comment(facts: dict[str, Any]) -> str:
    return str(facts.get("comment", ""))


KINDS.register("write_up_handed_in", Kind(_handed_in, icon="clipboard-text"))
KINDS.register("write_up_graded", Kind(_graded, icon="circle-check", body=_comment))
KINDS.register("write_up_returned", Kind(_returned, icon="arrow-back-up", body=_comment))
