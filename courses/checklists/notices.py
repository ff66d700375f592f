"""What people are told about their checklists."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.checklists.models import SignOff
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def tell_not_yet(sign_off: SignOff) -> int:
    """Tell the person what is still missing."""
    return _tell(sign_off, "sign_off_not_yet", f"sign-off:{sign_off.pk}")


def tell_complete(sign_off: SignOff) -> int:
    """Tell the person that all is signed off; once, whatever is taken back and signed again."""
    unit = sign_off.item.checklist.unit_id
    return _tell(sign_off, "checklist_complete", f"checklist:{sign_off.enrolment_id}:{unit}")


def _tell(sign_off: SignOff, kind: str, key: str) -> int:
    unit = sign_off.item.checklist.unit
    facts = {"unit": unit.title, "item": sign_off.item.text, "by": sign_off.by.name, "note": sign_off.note}
    url = reverse("learn-checklist", args=[sign_off.enrolment_id, unit.pk])
    return notify([Message(sign_off.enrolment.person_id, kind, key, facts, url)])


def _not_yet(facts: dict[str, Any]) -> str:
    return _("Not yet: “%(item)s”") % facts


def _complete(facts: dict[str, Any]) -> str:
    return _("All of “%(unit)s” is signed off") % facts


def _note(facts: dict[str, Any]) -> str:
    return f"{facts['by']}: {facts['note']}" if facts["note"] else ""


KINDS.register("sign_off_not_yet", Kind(_not_yet, icon="rotate", body=_note))
KINDS.register("checklist_complete", Kind(_complete, icon="checks"))
