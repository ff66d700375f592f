"""What the clock does with deadlines; each act may run twice at the same moment and happens once."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from courses.enrolment.models import Enrolment
from courses.enrolment.notices import PASSED, asked_message, due_message
from trainingsite.notices.actions import Message, notify
from trainingsite.people.models import User

DAYS_BEFORE = (7, 3, 1)
DAY = timedelta(days=1)


def mark_overdue(*, on: date) -> int:
    """Mark the open enrolments whose deadline is before `on`, as overdue since the day after it; returns how many."""
    late = Enrolment.objects.overdue(on).of_employed(on).filter(overdue_since=None)
    return late.update(overdue_since=F("due_on") + DAY)


@transaction.atomic
def remind(*, on: date) -> int:
    """Tell people 7, 3 and 1 days before a deadline and when it has passed; each once. Returns the new notices.

    A day on which nobody ran this is made up for, as long as the next step has not come. Nobody hears of a step that
    was over before the course was given to them. A moved deadline is reminded afresh. Before the due day of a refresher
    its own rule reminds.
    """
    return notify(list(_steps(on)))


def _steps(on: date) -> Iterator[Message]:
    known = Enrolment.objects.of_employed(on).select_related("course").order_by("pk")
    for enrolment in known.overdue(on):
        yield due_message(enrolment, PASSED, on)
    for days, next_step in zip(DAYS_BEFORE, (*DAYS_BEFORE[1:], -1), strict=True):
        window = known.open().filter(due_on__lte=on + days * DAY, due_on__gt=on + next_step * DAY)
        window = window.filter(Q(occurrence=None) | ~Q(occurrence__due_on=F("due_on")))
        for enrolment in window.filter(assigned_on__lte=F("due_on") - days * DAY):
            yield due_message(enrolment, str(days), on)


@transaction.atomic
def remind_now(enrolments: Iterable[Enrolment], *, by: User, on: date) -> int:
    """Remind the people of these open enrolments because `by` asks for it; once a day. Returns the new notices."""
    return notify([asked_message(enrolment, by, on) for enrolment in enrolments if enrolment.is_open])
