"""Items that are classes: who starts on the same day sits in the same session, which is planned when it is given."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.planning.models import Season
from courses.planning.seasons import REACH, ahead_of, blackouts, inside
from courses.programmes.checks import HOURS_A_DAY, WORKING_DAYS
from courses.programmes.class_seats import seat
from courses.programmes.due import DAY
from courses.programmes.kinds import ITEM_KINDS, Cohort, Facts, ItemKind, Window
from courses.programmes.models import Assignment, Item, ItemSession
from courses.sessions.models import Session, SessionPlace
from trainingsite.core import clock

Key = tuple[int, date]
Known = dict[Key, tuple[int, datetime]]
Wanted = dict[Key, tuple[Item, datetime]]


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
    """Plan the classes of each cohort, one for all with the same start, and give places in them.

    Whose class has begun sits in the class of whoever starts on the next working day. Who comes back gets the place
    back; who was there needs none. Who is elsewhere at that time, gives the class or finds it full gets none and is
    named to whoever assigned.
    """
    moment = _moment(on)
    last = max(window.due_on for cohort in cohorts for window in cohort.windows.values())
    seasons = blackouts(on, max(last, on) + REACH)
    known = _known(items)
    wanted: Wanted = {}
    seats: list[tuple[Key, int]] = []
    there = _done(assignment, items, [person for cohort in cohorts for person in cohort.people], on=on)
    for item in items:
        for cohort in cohorts:
            people = [person for person in cohort.people if person not in there[item.pk]]
            if people and (found := _ahead(item, cohort, seasons, known, moment)):
                key, begins = found
                wanted[key] = (item, begins)
                seats += [(key, person) for person in people]
    sessions = _sessions(assignment, wanted, known)
    return seat([(sessions[key], person) for key, person in seats])


def _moment(on: date) -> datetime:
    """Until when classes have begun for whoever joins on the day: now, or the first moment of a day long past."""
    now = clock.now()
    return now if timezone.localdate(now) == on else timezone.make_aware(datetime.combine(on, time.min))


def _known(items: Sequence[Item]) -> Known:
    """The standing sessions of the items by item and start, with the moment they begin."""
    links = ItemSession.objects.filter(item__in=items, session__cancelled_at=None)
    rows = links.values_list("item_id", "starts_on", "session_id", "session__starts_at")
    return {(item, start): (session, begins) for item, start, session, begins in rows}


def _ahead(
    item: Item, cohort: Cohort, seasons: Collection[Season], known: Known, moment: datetime
) -> tuple[Key, datetime] | None:
    """The cohort's class when it is still to come, else the first to come of those who start on a later working day."""
    key, window = (item.pk, cohort.starts_on), cohort.windows[item.stage_id]
    begins = known[key][1] if key in known else begins_at(item, window, seasons)
    if begins > moment:
        return key, begins
    passed = max((timezone.localdate(moment) - timezone.localdate(begins)).days, 1)
    for days in range(passed, passed + REACH.days):
        key, later = (item.pk, cohort.starts_on + days * DAY), days * DAY
        if key[1].weekday() >= WORKING_DAYS:
            continue
        if key in known:
            begins = known[key][1]
        else:
            begins = begins_at(item, Window(window.opens_on + later, window.due_on + later), seasons)
        day = timezone.localdate(begins)
        if begins > moment and day.weekday() < WORKING_DAYS and not inside(day, seasons):
            return key, begins
    return None


def _sessions(assignment: Assignment, wanted: Wanted, known: Known) -> dict[Key, int]:
    """The ids of the sessions, by item and start; those that are not planned yet are planned."""
    new = {key: _session(assignment, *row) for key, row in wanted.items() if key not in known}
    Session.objects.bulk_create(new.values())
    ItemSession.objects.bulk_create(
        [ItemSession(item_id=item, starts_on=start, session=session) for (item, start), session in new.items()],
        update_conflicts=True,
        unique_fields=["item", "starts_on"],
        update_fields=["session"],
    )
    return {key: known[key][0] if key in known else new[key].pk for key in wanted}


def _session(assignment: Assignment, item: Item, starts_at: datetime) -> Session:
    ends_at = starts_at + timedelta(minutes=int(item.settings["minutes"]))
    return Session(
        title=item.settings["title"], starts_at=starts_at, ends_at=ends_at, planned_by_id=assignment.assigned_by_id
    )


def unready_classes(assignment: Assignment, *, at: datetime) -> list[Session]:
    """The classes to come of those who take part that nobody has found a place or an instructor for, the next first."""
    items = Item.objects.of_version(assignment.programme_id, assignment.programme_version)
    people = assignment.participations.active().values("person")
    places = SessionPlace.objects.held().filter(person__in=people, session__item_link__item__in=items.values("pk"))
    coming = Session.objects.standing().filter(pk__in=places.values("session"), starts_at__gt=at).with_where_and_who()
    return list(coming.filter(Q(room=None, join_url="") | Q(instructors=None)).order_by("starts_at", "pk"))


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
