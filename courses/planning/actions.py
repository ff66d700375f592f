"""Keep the calendar of peak seasons, and move ahead what would be due inside."""

from collections.abc import Sequence
from datetime import date

import pghistory
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.enrolment.models import Enrolment
from courses.planning.effects import DAY, due_inside, movable_to
from courses.planning.models import PlanningRule, Season, TrainingBudget
from courses.planning.notices import tell_moved_ahead
from courses.planning.ready import READY, YEARS, Ready
from courses.planning.seasons import ahead_of, blackouts
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.models import Job
from trainingsite.people.models import Department, User

JOB = "move_due_ahead"
LONGEST = 92
WHOLE = 100


def check_season(season: Season) -> None:
    """Raise Refused at the field that is wrong."""
    if season.ends_on < season.starts_on:
        raise Refused(_("The last day is before the first."), field="ends_on", code="season_ends_before_start")
    if (season.ends_on - season.starts_on).days >= LONGEST:
        text = _("A season has at most %(n)s days.") % {"n": LONGEST}
        raise Refused(text, field="ends_on", code="season_too_long")
    percent = season.max_in_training_percent
    if percent is not None and not 1 <= percent <= WHOLE:
        raise Refused(_("A whole number from 1 to 100."), field="max_in_training_percent", code="percent_out_of_range")


@transaction.atomic
def save_season(season: Season, *, by: User, on: date, move_due: bool = True) -> Job | None:
    """Keep the season; with `move_due` a worker moves the due dates inside ahead of it, and its job is returned."""
    check_season(season)
    season.name = season.name.strip()
    season.save()
    if not (move_due and season.blackout and due_inside(season, today=on).exists()):
        return None
    title = _("Move due dates ahead of “%(season)s”") % {"season": season}
    back = reverse("season", args=[season.pk])
    return jobs.start(JOB, title=title, owner=by, arguments={"season": season.pk}, back_url=back)


@transaction.atomic
def remove_season(season: Season) -> None:
    """Take the season out of the calendar; what was moved because of it stays where it is. A repeat is harmless."""
    Season.objects.filter(pk=season.pk).delete()


def ready_for(year: int) -> list[tuple[Ready, Season]]:
    """The ready entries of the year that are not in the calendar yet, with their usual dates."""
    if year not in YEARS:
        return []
    keys = [entry.key(year) for entry in READY]
    loaded = set(Season.objects.filter(ready__in=keys).values_list("ready", flat=True))
    return [(entry, _made(entry, year)) for entry in READY if entry.key(year) not in loaded]


def _made(entry: Ready, year: int) -> Season:
    first, last = entry.days(year)
    return Season(name=entry.title(), starts_on=first, ends_on=last, ready=entry.key(year))


@transaction.atomic
def load_ready(seasons: Sequence[Season], *, by: User, on: date) -> list[Season]:
    """Keep these ready entries; one that is in the calendar already is left as it is."""
    made = []
    for season in seasons:
        check_season(season)
        try:
            with transaction.atomic():
                save_season(season, by=by, on=on)
        except IntegrityError:
            continue
        made.append(season)
    return made


@jobs.JOB_KINDS.registers(JOB)
def run_move_due(job: Job) -> str:
    """The worker's part of saving a season."""
    season = Season.objects.filter(pk=job.arguments["season"]).first()
    if season is None:
        return _("The season is no longer in the calendar.")
    moved, stuck = move_due_ahead(season, by=job.owner, on=clock.today())
    words = _("%(moved)s due dates moved ahead, %(stuck)s could not be moved.")
    return words % {"moved": moved, "stuck": stuck}


@transaction.atomic
def move_due_ahead(season: Season, *, by: User | None, on: date) -> tuple[int, int]:
    """Let what is due inside be due on the last day before; returns how many moved and how many could not.

    Nothing becomes due before tomorrow, nor before it was given. Each person hears of it once.
    """
    if not season.blackout:
        return 0, 0
    ahead = ahead_of(season.starts_on, blackouts(season.starts_on, season.ends_on))
    inside = due_inside(season, today=on)
    if ahead < on + DAY:
        return 0, inside.count()
    chosen = list(inside.filter(movable_to(ahead)).select_for_update(of=("self",)))
    with pghistory.context(user=by.pk if by else None, season=season.pk):
        Enrolment.objects.filter(pk__in=[each.pk for each in chosen]).update(due_on=ahead)
    tell_moved_ahead(season, chosen, ahead)
    return len(chosen), due_inside(season, today=on).count()


@transaction.atomic
def set_rule(percent: int) -> PlanningRule:
    """How many percent of a team may be in training at the same hour outside seasons."""
    if not 1 <= percent <= WHOLE:
        raise Refused(_("A whole number from 1 to 100."), field="max_in_training_percent", code="percent_out_of_range")
    return PlanningRule.objects.update_or_create(pk=1, defaults={"max_in_training_percent": percent})[0]


@transaction.atomic
def set_budgets(hours: dict[int, int | None], *, year: int, quarter: int) -> int:
    """Keep the hours of these departments for the quarter; None takes a budget away. Returns how many changed."""
    known = {b.department_id: b for b in TrainingBudget.objects.filter(year=year, quarter=quarter)}
    changed = 0
    for department in Department.objects.filter(pk__in=hours):
        wanted, found = hours[department.pk], known.get(department.pk)
        if (found.hours if found else None) == wanted:
            continue
        changed += 1
        if wanted is None:
            TrainingBudget.objects.filter(department=department, year=year, quarter=quarter).delete()
        else:
            TrainingBudget.objects.update_or_create(
                department=department, year=year, quarter=quarter, defaults={"hours": wanted}
            )
    return changed
