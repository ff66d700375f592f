"""What stands against a session at a time: a blackout, the room, the instructors, people, the desk left empty."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.instructors.models import Instructor
from courses.planning.models import BusyKind, BusyTime, Season
from courses.planning.seasons import inside, next_free
from courses.sessions.desk import too_many_in_training
from courses.sessions.models import Engagement, Session
from courses.sessions.slots import AGAINST, Clash, Clashing, Slot
from trainingsite.core.display import listed
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

__all__ = ["Clash", "Clashing", "Slot", "as_refusal", "clashes_of", "in_words", "refuse", "when_shown"]

REACH = timedelta(days=120)
NAMED = 8


def clashes_of(slot: Slot) -> list[Clash]:
    """Everything against it, the hard ones first; a fixed number of queries, whatever the number of people."""
    seasons = _seasons(slot)
    found = [*_blackout(slot, seasons), *_room(slot), *_double(slot), *too_many_in_training(slot, seasons)]
    found += _busy(slot)
    for known in AGAINST.values():
        found += known(slot)
    return sorted(found, key=lambda clash: not clash.hard)


def refuse(clashes: Sequence[Clash], *, anyway: bool) -> None:
    """Raise Clashing when one of them refuses, or when any is there and nobody said to plan anyway."""
    if any(clash.hard for clash in clashes) or (clashes and not anyway):
        raise Clashing(clashes)


def _seasons(slot: Slot) -> list[Season]:
    """The seasons around the day and after it, so that the next free day is known."""
    first, last = timezone.localdate(slot.starts_at), timezone.localdate(slot.ends_at)
    return list(Season.objects.between(first, last + REACH))


def _blackout(slot: Slot, seasons: Sequence[Season]) -> Iterator[Clash]:
    for day in sorted({timezone.localdate(slot.starts_at), timezone.localdate(slot.ends_at)}):
        if season := inside(day, seasons):
            free = next_free(day, seasons)
            values = {"season": season.name, "days": season.days_shown, "free": date_format(free, "DATE_FORMAT")}
            text = _("“%(season)s” (%(days)s) is a time without training. The next free day is %(free)s.") % values
            yield Clash("inside_blackout", text)
            return


def _room(slot: Slot) -> Iterator[Clash]:
    """Another session has the room at that time."""
    if not slot.room_id:
        return
    others = Session.objects.during(slot.starts_at, slot.ends_at).exclude(pk=slot.ignore or 0)
    for other in others.filter(room=slot.room_id).select_related("room").order_by("pk"):
        values = {"title": other.title, "when": when_shown(other.starts_at, other.ends_at), "room": other.room}
        text = _("The room %(room)s is taken: “%(title)s”, %(when)s.") % values
        yield Clash("room_double", text, field="room")


def _double(slot: Slot) -> Iterator[Clash]:
    """An instructor or some of the people are in another session at that time, or give it."""
    rows = Engagement.objects.filter(period__overlap=(slot.starts_at, slot.ends_at)).exclude(session=slot.ignore or 0)
    rows = rows.filter(_whose(slot)).select_related("session", "person", "instructor")
    taking_part: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows.order_by("session_id", "person__sort_key", "pk"):
        if row.teaching_id:
            yield _gives(slot, row)
        else:
            taking_part[row.session.title].append(str(row.person))
    for title, names in taking_part.items():
        yield _people_clash("person_double", _("In “%(title)s” at that time: %(names)s."), title, names)


def _whose(slot: Slot) -> Q:
    return Q(person__in=slot.people | slot.teachers) | Q(instructor__in=slot.outside)


def _gives(slot: Slot, row: Engagement) -> Clash:
    """Whoever is wanted gives another session then."""
    name, session = str(row.person or row.instructor), row.session
    values = {"name": name, "title": session.title, "when": when_shown(session.starts_at, session.ends_at)}
    text = _("%(name)s gives “%(title)s” then, %(when)s.") % values
    if row.instructor_id or row.person_id in slot.teachers:
        return Clash("instructor_double", text, names=(name,), field="instructors")
    return Clash("person_double", text, names=(name,))


def _people_clash(kind: str, words: str, title: str, names: Sequence[str], *, hard: bool = True) -> Clash:
    return Clash(kind, words % {"title": title, "names": _named(names)}, hard, tuple(names))


def _named(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    shown = listed(names[:NAMED])
    more = len(names) - NAMED
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": shown, "n": more}


def _busy(slot: Slot) -> Iterator[Clash]:
    """Shifts and leave: they warn, since a planner may know better; only an instructor on leave gives nothing."""
    found: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    busy = BusyTime.objects.during(slot.starts_at, slot.ends_at).filter(person_id__in=slot.people | slot.teachers)
    for each in busy.select_related("person").order_by("kind", "person__sort_key", "pk"):
        away = each.kind == BusyKind.LEAVE and each.person_id in slot.teachers
        names = found[each.get_kind_display(), away]
        if each.person.name not in names:
            names.append(each.person.name)
    for (kind, away), names in found.items():
        if away:
            text = _("%(names)s is on leave at that time and cannot give it.") % {"names": _named(names)}
            yield Clash("instructor_on_leave", text, names=tuple(names), field="instructors")
        else:
            yield _people_clash("busy", _("%(title)s at that time: %(names)s."), kind, names, hard=False)


def when_shown(starts_at: datetime, ends_at: datetime) -> str:
    """The day, and from when to when."""
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{date_format(begin, 'DATE_FORMAT')} {time_format(begin, 'H:i')}–{time_format(end, 'H:i')}"


@contextmanager
def in_words() -> Iterator[None]:
    """What is written within the block is written whole, or refused in words where the database says no."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if refusal := as_refusal(error):
            raise refusal from error
        raise


def as_refusal(error: IntegrityError) -> Refused | None:
    """What the database's refusal means: somebody was faster with the room, a person, an instructor, the last seat."""
    said = getattr(error.__cause__, "diag", None)
    name = getattr(said, "constraint_name", None) or ""
    if name not in REFUSALS:
        return None
    found = re.search(r"=\(\[(\d+),", getattr(said, "message_detail", None) or "")
    return REFUSALS[name](int(found[1]) if found else 0)


def _person_taken(pk: int) -> Refused:
    name = User.objects.filter(pk=pk).first() or _("Somebody")
    text = _("%(name)s is in another session at that time.") % {"name": name}
    return Refused(text, field="starts_at", code="person_double")


def _instructor_taken(pk: int) -> Refused:
    name = Instructor.objects.filter(pk=pk).first() or _("Somebody")
    text = _("%(name)s gives another session at that time.") % {"name": name}
    return Refused(text, field="instructors", code="instructor_double")


def _room_taken(_pk: int) -> Refused:
    return Refused(_("The room is taken at that time."), field="room", code="room_double")


def _full(_pk: int) -> Refused:
    return Refused(_("There is no seat left."), field="people", code="session_full")


REFUSALS = {
    "person_one_session_at_a_time": _person_taken,
    "outside_instructor_one_session_at_a_time": _instructor_taken,
    "room_one_session_at_a_time": _room_taken,
    "session_full": _full,
}
