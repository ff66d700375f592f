"""How often somebody may be wrong about a code: counted in Redis, for each person and for each session."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from trainingsite.core.errors import Refused

PAUSE = timedelta(minutes=10)
OF_A_PERSON = 6
OF_A_SESSION = 120


def take_try(person_id: int, session_ids: Iterable[int], *, at: datetime) -> None:
    """Count one try before it is looked at, so that many at once do not slip through.

    Refused with the moment from which it works again, when there were too many within ten minutes. Only tries count
    that `give_back` does not take back.
    """
    for key, most in _keys(person_id, session_ids):
        if (until := _pause(key, at)) is None and _counted(key, most) > most:
            cache.add(f"{key}:until", (at + PAUSE).timestamp(), _seconds())
            until = at + PAUSE
        if until:
            raise _too_many(until)


def give_back(person_id: int, session_ids: Iterable[int]) -> None:
    """The try was right: it does not count, and the person's earlier ones are forgotten."""
    for key, most in _keys(person_id, session_ids):
        if most == OF_A_PERSON:
            cache.delete(key)
        elif cache.get(key):
            cache.decr(key)


def _keys(person_id: int, session_ids: Iterable[int]) -> list[tuple[str, int]]:
    sessions = [(f"attendance:session:{pk}", OF_A_SESSION) for pk in session_ids]
    return [(f"attendance:person:{person_id}", OF_A_PERSON), *sessions]


def _counted(key: str, most: int) -> int:
    """How many tries there were with this one; they are forgotten when ten minutes pass without another."""
    if cache.add(key, 1, _seconds()):
        return 1
    try:
        number = cache.incr(key)
    except ValueError:  # it was forgotten at this very moment
        return 1
    if number <= most:
        cache.touch(key, _seconds())
    return number


def _pause(key: str, at: datetime) -> datetime | None:
    """Until when no try is taken; one that has ended is forgotten, by one of those who notice."""
    if (stamp := cache.get(f"{key}:until")) is None:
        return None
    until = datetime.fromtimestamp(stamp, timezone.get_current_timezone())
    if until > at:
        return until
    if cache.delete(f"{key}:until"):
        cache.delete(key)
    return None


def _seconds() -> int:
    return int(PAUSE.total_seconds())


def _too_many(until: datetime) -> Refused:
    when = time_format(timezone.localtime(until + timedelta(seconds=59)), "H:i")
    text = _("Too many wrong codes. Try again at %(when)s, or ask the instructor to note you on the roster.")
    return Refused(text % {"when": when}, field="code", code="too_many_tries")
