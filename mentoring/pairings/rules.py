"""What holds for the first day of pairings and the dates of check-ins, whoever asks for them."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused

FARTHEST = timedelta(days=90)


def check_start(day: date, *, today: date) -> None:
    """Refuse a pairing that begins so long ago or so far ahead that it is a typing error."""
    if abs(day - today) > FARTHEST:
        text = _("At most %(days)s days before or after today.") % {"days": FARTHEST.days}
        raise Refused(text, field="started_on", code="too_far")


def check_due(due_on: date, *, on: date, field: str) -> None:
    """Refuse a check-in that is planned for the past or so far ahead that it is a typing error."""
    if due_on < on:
        raise Refused(_("The date has passed."), field=field, code="due_in_past")
    if due_on > on + FARTHEST:
        raise Refused(_("At most %(days)s days ahead.") % {"days": FARTHEST.days}, field=field, code="due_too_far")
