"""Remind people of what a run asks of them, and tell supervisors who is missing; each once, whatever beat does."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.refreshers.models import RAN, Occurrence, State
from courses.refreshers.notices import remind_people, tell_supervisors
from courses.refreshers.whats import known
from trainingsite.core.one_by_one import one_by_one
from trainingsite.people.models import User

DAY = timedelta(days=1)
ESCALATED_WITHIN = timedelta(days=30)  # whoever was not told by then is not told of old stories


def remind_due(*, at: datetime) -> int:
    """Remind whoever has not done an open run, so many days before it is due as its rule says; returns the notices.

    A day on which nobody ran this is made up for, as long as the next step has not come. Three beats at once send each
    reminder once: a run that another beat has is left to it, and a worker that dies leaves nothing half done.
    """
    today = timezone.localdate(at)
    coming = Occurrence.objects.filter(state=State.OPEN, due_on__gte=today).exclude(refresher__reminders=[])
    ids = coming.order_by("due_on", "pk").values_list("pk", flat=True)
    return one_by_one(ids, lambda pk: _remind(pk, today), what="run")


def step_of(occurrence: Occurrence, today: date) -> int | None:
    """The reminder that has come and was not told: the latest of them; None when there is none."""
    left = (occurrence.due_on - today).days
    steps = [days for days in occurrence.refresher.reminders if left <= days]
    step = min(steps, default=None)
    told = occurrence.reminded
    return step if step is not None and (told is None or step < told) and _after_opening(occurrence, step) else None


def _after_opening(occurrence: Occurrence, step: int) -> bool:
    """Whether the step lies after the run has opened; nobody hears of one that was over by then."""
    opened = timezone.localdate(occurrence.opened_at) if occurrence.opened_at else occurrence.on
    return occurrence.due_on - step * DAY > opened


@transaction.atomic
def _remind(pk: int, today: date) -> int:
    found = Occurrence.objects.filter(pk=pk, state=State.OPEN).select_related("refresher__course")
    occurrence = found.select_for_update(of=("self",), skip_locked=True).first()
    step = step_of(occurrence, today) if occurrence else None
    if occurrence is None or step is None:
        return 0
    occurrence.save_only(reminded=step)
    return remind_people(occurrence, _employed(_unfinished(occurrence), today), step=step, on=today)


def _unfinished(occurrence: Occurrence) -> list[tuple[int, str]]:
    what = known(occurrence.refresher.what)
    return what.unfinished(occurrence) if what else []


def _employed(people: Sequence[tuple[int, str]], today: date) -> list[tuple[int, str]]:
    """Those who still work here."""
    here = set(User.objects.employed(today).filter(pk__in=[pk for pk, _url in people]).values_list("pk", flat=True))
    return [(pk, url) for pk, url in people if pk in here]


def escalate_due(*, at: datetime) -> int:
    """Tell supervisors who of their people has not done a run, so many days after it was due; returns the notices."""
    today = timezone.localdate(at)
    late = Occurrence.objects.filter(state__in=RAN, escalated_at=None, refresher__escalate_days__isnull=False)
    late = late.filter(due_on__gte=today - ESCALATED_WITHIN - 90 * DAY, due_on__lt=today)
    ids = late.order_by("due_on", "pk").values_list("pk", flat=True)
    return one_by_one(ids, lambda pk: _escalate(pk, at, today), what="run")


@transaction.atomic
def _escalate(pk: int, at: datetime, today: date) -> int:
    found = Occurrence.objects.filter(pk=pk, escalated_at=None).select_related("refresher__course")
    occurrence = found.select_for_update(of=("self",), skip_locked=True).first()
    if occurrence is None or occurrence.refresher.escalate_days is None:
        return 0
    day = occurrence.due_on + occurrence.refresher.escalate_days * DAY
    if not day <= today <= day + ESCALATED_WITHIN:
        return 0
    occurrence.save_only(escalated_at=at)
    people = [person for person, _url in _employed(_unfinished(occurrence), today)]
    return tell_supervisors(occurrence, missing_by_supervisor(people, today))


def missing_by_supervisor(people_ids: Sequence[int], today: date) -> dict[int, list[str]]:
    """The names of these people by their manager's id; who has none that works here is nobody's."""
    people = User.objects.filter(pk__in=people_ids, manager__is_active=True)
    people = people.filter(Q(manager__left_on=None) | Q(manager__left_on__gt=today)).order_by("sort_key", "pk")
    found: defaultdict[int, list[str]] = defaultdict(list)
    for manager, name in people.values_list("manager_id", "name"):
        found[manager].append(name)
    return dict(found)
