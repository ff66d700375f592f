"""What makes sense in a version: windows that do not overlap, items that fit, nothing missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.programmes.kinds import Facts, facts_of
from courses.programmes.models import Item, Programme, Stage
from courses.programmes.plan_models import LONGEST_DAYS
from trainingsite.core.errors import Refused

HOURS_A_DAY = 7
WORKING_DAYS, WEEK = 5, 7


def working_days(days: int) -> int:
    """The most working days that so many days in a row can have."""
    weeks, rest = divmod(days, WEEK)
    return weeks * WORKING_DAYS + min(rest, WORKING_DAYS)


def check_window(stage: Stage) -> None:
    """Refuse a window that is inverted, out of range, or overlaps another of the version."""
    if not 1 <= stage.first_day <= LONGEST_DAYS:
        raise Refused(_day_range(), field="first_day", code="day_out_of_range")
    if stage.last_day < stage.first_day:
        text = _("The last day comes before the first.")
        raise Refused(text, field="last_day", code="window_inverted")
    if stage.last_day > LONGEST_DAYS:
        raise Refused(_day_range(), field="last_day", code="day_out_of_range")
    others = Stage.objects.filter(programme=stage.programme, version=stage.version).exclude(pk=stage.pk)
    clash = others.filter(first_day__lte=stage.last_day, last_day__gte=stage.first_day).first()
    if clash:
        values = {"stage": clash, "first": clash.first_day, "last": clash.last_day}
        text = _("It overlaps “%(stage)s” (days %(first)s to %(last)s).") % values
        raise Refused(text, field="first_day", code="stages_overlap")


def _day_range() -> str:
    return _("A whole number of days from 1 to %(most)s.") % {"most": LONGEST_DAYS}


def check_fits(stage: Stage, items: Iterable[Item], field: str | None = None) -> None:
    """Refuse items that take longer than the working days of the window have hours."""
    facts = facts_of(list(items))
    needed = sum(fact.minutes for fact in facts.values())
    available = minutes_of(stage)
    if needed > available:
        values = {"stage": stage, "needed": _hours(needed), "available": _hours(available)}
        text = _("“%(stage)s” has %(available)s working hours; its items take %(needed)s.") % values
        raise Refused(text, field=field, code="stage_too_full")


def minutes_of(stage: Stage) -> int:
    """The working time within the window of a stage."""
    return working_days(stage.days) * HOURS_A_DAY * 60


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")


def check_once(item: Item, items: Iterable[Item]) -> None:
    """Refuse a thing that the version has in another item."""
    if item.object_id is None:
        return
    for other in items:
        if other.pk != item.pk and (other.kind, other.object_id) == (item.kind, item.object_id):
            text = _("“%(stage)s” has it already.") % {"stage": other.stage}
            raise Refused(text, field="object", code="item_twice")


@dataclass(frozen=True)
class Problem:
    """What keeps a version from being published, and where."""

    text: str
    stage: int | None = None
    item: int | None = None


def problems(programme: Programme, version: int) -> list[Problem]:
    """Everything that is missing or does not fit, in the order of the stages."""
    stages = list(programme.stages.filter(version=version))
    items = list(Item.objects.of_version(programme.pk, version))
    facts = facts_of(items)
    found = [] if items else [Problem(_("It has no item yet."))]
    if items and not any(item.required for item in items) and not any(stage.optional_needed for stage in stages):
        found.append(Problem(_("Nothing in it has to be done.")))
    for stage in stages:
        mine = [item for item in items if item.stage_id == stage.pk]
        found += [Problem(text, stage.pk) for text in _problems_of(stage, mine, facts)]
        found += [
            Problem(f"{facts[item.pk].title}: {text}", stage.pk, item.pk)
            for item in mine
            for text in facts[item.pk].problems
        ]
    return found


def _problems_of(stage: Stage, items: Sequence[Item], facts: dict[int, Facts]) -> list[str]:
    found = []
    optional = sum(not item.required for item in items)
    if stage.optional_needed > optional:
        values = {"stage": stage, "needed": stage.optional_needed, "optional": optional}
        found.append(_("“%(stage)s” needs %(needed)s of its optional items, but has %(optional)s.") % values)
    if not items:
        found.append(_("“%(stage)s” has no item.") % {"stage": stage})
    if sum(facts[item.pk].minutes for item in items) > minutes_of(stage):
        found.append(_("The items of “%(stage)s” take longer than its working hours.") % {"stage": stage})
    return found


def check_publishable(programme: Programme, version: int) -> None:
    """Raise Refused with the first problem."""
    if programme.archived_at:
        raise Refused(_("This programme is in the archive."), code="programme_archived")
    if found := problems(programme, version):
        raise Refused(found[0].text, code="programme_incomplete")
