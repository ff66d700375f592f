"""The words of a nomination's notices."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainingsite.notices.kinds import KINDS, Kind

Facts = dict[str, Any]


def made(facts: Facts) -> str:
    return _("%(by)s nominates %(name)s: please decide") % facts


def promoted(facts: Facts) -> str:
    return _("Your promotion is approved, from %(day)s on") % {"day": _day(facts)}


def promotion_off(facts: Facts) -> str:
    return _("Your promotion does not take place: %(step)s") % facts


def approved(facts: Facts) -> str:
    return _("The nomination of %(name)s is approved, from %(day)s on") % {**facts, "day": _day(facts)}


def declined(facts: Facts) -> str:
    return _("The nomination of %(name)s is declined") % facts


def withdrawn(facts: Facts) -> str:
    return _("%(by)s has taken back the nomination of %(name)s") % facts


def lapsed(facts: Facts) -> str:
    return _("The nomination of %(name)s has lapsed") % facts


def applied(facts: Facts) -> str:
    return _("%(name)s has the new position from today on") % facts


def step_of(facts: Facts) -> str:
    return str(facts["step"])


def why(facts: Facts) -> str:
    return _("%(step)s. Reason: %(why)s") % facts


def _day(facts: Facts) -> str:
    return date_format(date.fromisoformat(facts["on"]), "DATE_FORMAT")


KINDS.register("nomination_made", Kind(made, "stairs", step_of))
KINDS.register("promotion", Kind(promoted, "award", step_of))
KINDS.register("promotion_off", Kind(promotion_off, "circle-x"))
KINDS.register("nomination_approved", Kind(approved, "circle-check", step_of))
KINDS.register("nomination_declined", Kind(declined, "circle-x", why))
KINDS.register("nomination_withdrawn", Kind(withdrawn, "arrow-back-up", step_of))
KINDS.register("nomination_lapsed", Kind(lapsed, "calendar-off", why))
KINDS.register("nomination_applied", Kind(applied, "award", step_of))
