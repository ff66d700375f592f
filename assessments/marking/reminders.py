"""Tell markers what waits."""

from datetime import date, datetime, timedelta

from assessments.acts import MARK
from assessments.marking.notices import tell_waiting
from assessments.marking.queue import to_mark, waiting
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User

NOT_AT_ONCE = timedelta(hours=1)


def remind(*, at: datetime, on: date) -> int:
    """Tell every assessor and instructor, once a day, how much has waited for an hour; returns how many were told.

    HR sees everything and is not told of what others mark. A repeat on the same day tells nobody again.
    """
    if not waiting().filter(attempt__submitted_at__lt=at - NOT_AT_ONCE).exists():
        return 0
    told = 0
    for marker in User.objects.who_may(MARK, but=[Role.HR]):
        count = to_mark(marker).filter(attempt__submitted_at__lt=at - NOT_AT_ONCE).count()
        if count:
            told += tell_waiting(marker, count, on=on)
    return told
