"""What people are told of development plans, and the words for it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.development.models import DevelopmentPlan
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def tell(
    plan: DevelopmentPlan, people: Iterable[int | None], kind: str, key: str, *, day: date | None = None, note: str = ""
) -> int:
    """Tell these people, each in the words that suit them; returns the new notices."""
    facts = {"name": plan.person.name, "day": day.isoformat() if day else "", "note": note[:300]}
    url = plan.get_absolute_url()
    return notify(
        Message(pk, kind, f"{kind}:{plan.pk}:{key}", {**facts, "own": pk == plan.person_id}, url)
        for pk in dict.fromkeys(people)
        if pk
    )


def _opened(facts: dict[str, Any]) -> str:
    if facts["own"]:
        return _("A development plan was made for you; look it over and agree")
    return _("%(name)s has made a development plan; look it over and agree") % facts


def _to_agree(facts: dict[str, Any]) -> str:
    if facts["own"]:
        return _("Your development plan waits for you to agree")
    return _("The development plan of %(name)s waits for you to agree") % facts


def _agreed(facts: dict[str, Any]) -> str:
    return _("Your development plan is agreed") if facts["own"] else _("The plan of %(name)s is agreed") % facts


def _review(facts: dict[str, Any]) -> str:
    if facts["own"]:
        return _("The review of your development plan is near")
    return _("The review of the development plan of %(name)s is near") % facts


def _late(facts: dict[str, Any]) -> str:
    if facts["own"]:
        return _("The review of your development plan is overdue")
    return _("The review of the development plan of %(name)s is overdue") % facts


def _held(facts: dict[str, Any]) -> str:
    if facts["own"]:
        return _("The review of your development plan was noted")
    return _("The review of the development plan of %(name)s was noted") % facts


def _closed(facts: dict[str, Any]) -> str:
    return _("Your development plan is closed") if facts["own"] else _("The plan of %(name)s is closed") % facts


def _body(facts: dict[str, Any]) -> str:
    day = date_format(date.fromisoformat(facts["day"]), "DATE_FORMAT") if facts["day"] else ""
    return "\n".join(filter(None, [_("Planned for %(day)s") % {"day": day} if day else "", facts["note"]]))


for name, words, icon in [
    ("plan_opened", _opened, "plant"),
    ("plan_to_agree", _to_agree, "plant"),
    ("plan_agreed", _agreed, "circle-check"),
    ("plan_review_near", _review, "calendar-due"),
    ("plan_review_late", _late, "calendar-due"),
    ("plan_review_held", _held, "messages"),
    ("plan_closed", _closed, "flag"),
]:
    KINDS.register(name, Kind(words, icon, _body))
