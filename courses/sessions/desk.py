"""How many of a team may be in training at once, so that the desk is not left empty."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from courses.planning.models import Season
from courses.planning.seasons import percent_on, usual_percent
from courses.sessions.models import SessionPlace
from courses.sessions.slots import Clash, Slot
from trainingsite.people.models import Department, User

HOUR = timedelta(hours=1)


def too_many_in_training(slot: Slot, seasons: Sequence[Season]) -> Iterator[Clash]:
    """Teams of which more would be in training in one hour than the limit allows."""
    teams = dict(User.objects.filter(pk__in=slot.people, department__isnull=False).values_list("pk", "department_id"))
    if not teams:
        return
    day = timezone.localdate(slot.starts_at)
    percent = percent_on(day, seasons, usual_percent())
    sizes = _sizes(set(teams.values()), slot)
    trained = _in_training(slot, teams)
    names = {team.pk: team for team in Department.objects.filter(pk__in=sizes)}
    for team, by_hour in trained.items():
        hour, people = max(by_hour.items(), key=lambda item: (len(item[1]), -item[0].timestamp()))
        most = most_of(sizes.get(team, 0), percent)
        if len(people) > most:
            yield _too_many(str(names[team]), hour, len(people), sizes.get(team, 0), most, percent)


def most_of(size: int, percent: int) -> int:
    """How many of a team of this size may be in training at once; one always may."""
    return max(1, size * percent // 100)


def _sizes(teams: Collection[int], slot: Slot) -> dict[int, int]:
    """How many people work in each of the teams on that day."""
    employed = User.objects.employed(timezone.localdate(slot.starts_at)).filter(department_id__in=teams)
    rows = employed.values_list("department_id").annotate(n=Count("pk")).order_by()
    return dict(rows)


def _in_training(slot: Slot, teams: dict[int, int]) -> dict[int, dict[datetime, set[int]]]:
    """Who of the teams is in training in each hour that the slot touches, by team and hour."""
    first = slot.starts_at.replace(minute=0, second=0, microsecond=0)
    found: defaultdict[int, defaultdict[datetime, set[int]]] = defaultdict(lambda: defaultdict(set))
    hours = [first + n * HOUR for n in range(int((slot.ends_at - first) / HOUR) + 1) if first + n * HOUR < slot.ends_at]
    last = hours[-1] + HOUR
    others = SessionPlace.objects.held().filter(
        session__starts_at__lt=last, session__ends_at__gt=first, person__department_id__in=set(teams.values())
    )
    rows = others.exclude(session=slot.ignore).values_list(
        "person_id", "person__department_id", "session__starts_at", "session__ends_at"
    )
    here = [(person, team, slot.starts_at, slot.ends_at) for person, team in teams.items()]
    for person, team, starts_at, ends_at in [*here, *rows]:
        for hour in hours:
            if starts_at < hour + HOUR and ends_at > hour:
                found[team][hour].add(person)
    return {team: dict(by_hour) for team, by_hour in found.items()}


def _too_many(team: str, hour: datetime, people: int, size: int, most: int, percent: int) -> Clash:
    text = _(
        "%(team)s: %(people)s of %(size)s people would be in training at %(hour)s; "
        "at most %(most)s may (%(percent)s%%)."
    )
    shown = time_format(timezone.localtime(hour), "TIME_FORMAT")
    values = {"team": team, "people": people, "size": size, "hour": shown, "most": most, "percent": percent}
    return Clash("queue_limit", text % values, names=(team,), field="people")
