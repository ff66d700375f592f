"""Items that are classes: who starts on the same day sits in the same session, which is planned when it is given."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.planning.models import Season
from courses.planning.seasons import ahead_of, blackouts
from courses.programmes.checks import HOURS_A_DAY, WORKING_DAYS
from courses.programmes.due import DAY
from courses.programmes.kinds import ITEM_KINDS, Cohort, Facts, ItemKind, Window
from courses.programmes.models import Assignment, Item, ItemSession
from courses.sessions.models import Session, SessionPlace


def _fields() -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(label=gettext_lazy("Title"), max_length=100),
        "minutes": forms.IntegerField(
            label=gettext_lazy("Minutes"), min_value=5, max_value=HOURS_A_DAY * 60, initial=90
        ),
        "day": forms.IntegerField(label=gettext_lazy("Day of the stage"), min_value=1, initial=1),
        "time": forms.TimeField(
            label=gettext_lazy("Begins at"), initial="09:30", widget=forms.TimeInput(attrs={"type": "time"})
        ),
    }


def _facts(items: Sequence[Item]) -> dict[int, Facts]:
    return {
        item.pk: Facts(item.settings.get("title", ""), int(item.settings.get("minutes", 0)), problems=_problems(item))
        for item in items
    }


def _problems(item: Item) -> tuple[str, ...]:
    if int(item.settings.get("day", 1)) > item.stage.days:
        return (_("its day lies after the end of the stage"),)
    return ()


def begins_at(item: Item, window: Window, seasons: Iterable[Season]) -> datetime:
    """When the class begins in this window: on its day, else on the working day next to it outside blackouts."""
    day = min(window.opens_on + (int(item.settings.get("day", 1)) - 1) * DAY, window.due_on)
    day = max(ahead_of(day, seasons), window.opens_on)
    while day.weekday() >= WORKING_DAYS and day < window.due_on:
        day += DAY
    while day.weekday() >= WORKING_DAYS and day > window.opens_on:
        day -= DAY
    hour = time.fromisoformat(str(item.settings.get("time", "09:30")))
    return timezone.make_aware(datetime.combine(day, hour))


def _give(assignment: Assignment, items: Sequence[Item], cohorts: Sequence[Cohort], *, on: date) -> int:
    """Plan the classes of each cohort that still lie ahead, one for all with the same start, and give places in them.

    Who comes back gets the place back.
    """
    seasons = blackouts(on, max(window.due_on for cohort in cohorts for window in cohort.windows.values()))
    wanted = {
        (item.pk, cohort.starts_on): (item, begins_at(item, cohort.windows[item.stage_id], seasons))
        for item in items
        for cohort in cohorts
    }
    sessions = _sessions(assignment, {key: row for key, row in wanted.items() if timezone.localdate(row[1]) >= on})
    places = [
        SessionPlace(session_id=sessions[item.pk, cohort.starts_on], person_id=person)
        for item in items
        for cohort in cohorts
        for person in cohort.people
        if (item.pk, cohort.starts_on) in sessions
    ]
    SessionPlace.objects.bulk_create(
        places,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["session", "person"],
        update_fields=["cancelled_at"],
    )
    return len(places)


Key = tuple[int, date]


def _sessions(assignment: Assignment, wanted: dict[Key, tuple[Item, datetime]]) -> dict[Key, int]:
    """The ids of the sessions, by item and start; those that are not planned yet are planned."""
    links = ItemSession.objects.filter(
        item__in={item for item, _start in wanted}, session__cancelled_at=None
    ).values_list("item_id", "starts_on", "session_id")
    known = {(item, start): session for item, start, session in links if (item, start) in wanted}
    new = {key: _session(assignment, *row) for key, row in wanted.items() if key not in known}
    Session.objects.bulk_create(new.values())
    ItemSession.objects.bulk_create(
        [ItemSession(item_id=item, starts_on=start, session=session) for (item, start), session in new.items()],
        update_conflicts=True,
        unique_fields=["item", "starts_on"],
        update_fields=["session"],
    )
    return known | {key: session.pk for key, session in new.items()}


def _session(assignment: Assignment, item: Item, starts_at: datetime) -> Session:
    ends_at = starts_at + timedelta(minutes=int(item.settings["minutes"]))
    return Session(
        title=item.settings["title"], starts_at=starts_at, ends_at=ends_at, planned_by_id=assignment.assigned_by_id
    )


def _done(
    assignment: Assignment,  # noqa: ARG001 - who was there counts, whoever gave the place
    items: Sequence[Item],
    people: Collection[int],
    *,
    on: date,  # noqa: ARG001
) -> dict[int, set[int]]:
    """Who was there."""
    found: dict[int, set[int]] = {item.pk: set() for item in items}
    there = SessionPlace.objects.filter(
        session__item_link__item__in=found, person__in=people, attended_at__isnull=False
    )
    for item, person in there.values_list("session__item_link__item", "person_id"):
        found[item].add(person)
    return found


def _take_back(assignment: Assignment, people: Collection[int], *, reason: str, at: datetime) -> None:  # noqa: ARG001
    """Free the places in the classes to come."""
    items = Item.objects.of_version(assignment.programme_id, assignment.programme_version)
    coming = SessionPlace.objects.held().filter(
        session__item_link__item__in=items.values("pk"), person__in=people, session__starts_at__gt=at
    )
    SessionPlace.objects.filter(pk__in=list(coming.values_list("pk", flat=True))).update(cancelled_at=at)


ITEM_KINDS.register(
    "session",
    ItemKind(
        gettext_lazy("Class"), "school", facts=_facts, done=_done, fields=_fields, give=_give, take_back=_take_back
    ),
)
