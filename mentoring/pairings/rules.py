"""What holds for the dates of check-ins, wherever one is planned."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused

FARTHEST = timedelta(days=90)


def check_due(due_on: date, *, on: date, field: str) -> None:
    """Refuse a check-in that is planned for the past or so far ahead that it is a typing error."""
    if due_on < on:
        raise Refused(_("The date has passed."), field=field, code="due_in_past")
    if due_on > on + FARTHEST:
        raise Refused(_("At most %(days)s days ahead.") % {"days": FARTHEST.days}, field=field, code="due_too_far")
