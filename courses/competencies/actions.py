"""Describe competencies, order and retire them, and say which of them a course teaches."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from courses.competencies.models import (
    FEWEST_LEVELS,
    MOST_LEVELS,
    Competency,
    CompetencyGroup,
    CompetencyLevel,
    Teaches,
)
from courses.names import free_slug, slug_of
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns

if TYPE_CHECKING:  # the courses' own door calls these
    from courses.curriculum.models import Course


class LevelText(TypedDict, total=False):
    """A level as it is typed; its number is its place in the list."""

    title: str
    behaviours: str
    translations: dict[str, dict[str, str]]


@transaction.atomic
def save_group(group: CompetencyGroup | None, *, title: str, code: str = "", **fields: Any) -> CompetencyGroup:
    """Make a group of competencies, as the last one, or change it."""
    lock()
    found = CompetencyGroup.objects.get(pk=group.pk) if group else CompetencyGroup()
    if CompetencyGroup.objects.filter(title=title).exclude(pk=found.pk).exists():
        raise Refused(_("Another group has this title."), field="title", code="title_taken")
    if not group:
        found.position = max(CompetencyGroup.objects.values_list("position", flat=True), default=0) + 1
    _write(found, {"title": title, "code": code or found.code or _free_code(CompetencyGroup, title), **fields})
    return found


@transaction.atomic
def save_competency(
    competency: Competency | None,
    *,
    group: CompetencyGroup,
    title: str,
    levels: Sequence[LevelText],
    code: str = "",
    **fields: Any,
) -> Competency:
    """Make a competency, as the last one of its group, or change it; `levels` come lowest first, all of them."""
    lock()
    found = Competency.objects.get(pk=competency.pk) if competency else Competency()
    twins = Competency.objects.in_use().filter(group=group, title=title).exclude(pk=found.pk)
    if twins.exists():
        raise Refused(_("This group has a competency with this title already."), field="title", code="title_taken")
    code = code or found.code or _free_code(Competency, title)
    if Competency.objects.filter(code=code).exclude(pk=found.pk).exists():
        raise Refused(_("Another competency has this code."), field="code", code="code_taken")
    _check_levels(found, levels)
    if found.group_id != group.pk:
        found.position = max(group.competencies.values_list("position", flat=True), default=0) + 1
    _write(found, {"group": group, "title": title, "code": code, **fields})
    _write_levels(found, levels)
    return found


@transaction.atomic
def retire_competency(competency: Competency, *, at: datetime) -> Competency:
    """Take the competency out of use; what courses taught and questions asked of it stays on record."""
    lock()
    Competency.objects.in_use().filter(pk=competency.pk).update(retired_at=at)
    return Competency.objects.get(pk=competency.pk)


@transaction.atomic
def restore_competency(competency: Competency) -> Competency:
    """Put a retired competency back into use; refused when another one has taken its title."""
    lock()
    found = Competency.objects.get(pk=competency.pk)
    if found.retired_at and Competency.objects.in_use().filter(group=found.group_id, title=found.title).exists():
        raise Refused(_("This group has a competency with this title already."), code="title_taken")
    Competency.objects.filter(pk=found.pk).update(retired_at=None)
    return Competency.objects.get(pk=found.pk)


@transaction.atomic
def shift(row: CompetencyGroup | Competency, step: int) -> None:
    """Move a group, or a competency within its group, up (-1) or down (1); at the end it stays."""
    lock()
    rows: list[Any] = list(
        CompetencyGroup.objects.all()
        if isinstance(row, CompetencyGroup)
        else Competency.objects.in_use().filter(group=row.group_id)
    )
    place = next((index for index, other in enumerate(rows) if other.pk == row.pk), None)
    if place is None or not 0 <= place + step < len(rows):
        return
    rows.insert(place + step, rows.pop(place))
    for position, other in enumerate(rows, start=1):
        type(row).objects.filter(pk=other.pk).exclude(position=position).update(position=position)


@transaction.atomic
def set_teaches(course: "Course", rows: Sequence[tuple[Competency, int]]) -> bool:
    """Say that `course` teaches exactly these competencies, each up to a level; returns whether that is a change."""
    lock()
    wanted: dict[int, int] = {}
    for competency, level in rows:
        if competency.pk in wanted:
            text = _("“%(competency)s” stands here twice.") % {"competency": competency}
            raise Refused(text, field="teaches", code="competency_twice")
        if not competency.levels.filter(number=level).exists():
            text = _("“%(competency)s” has no level %(level)s.") % {"competency": competency, "level": level}
            raise Refused(text, field="teaches", code="unknown_level")
        wanted[competency.pk] = level
    present = dict(course.teaches.values_list("competency", "level"))
    if present == wanted:
        return False
    course.teaches.exclude(competency__in=wanted).delete()
    for pk, level in wanted.items():
        if present.get(pk) != level:
            Teaches.objects.update_or_create(course=course, competency_id=pk, defaults={"level": level})
    type(course).objects.filter(pk=course.pk).update(modified_at=clock.now())  # who copies courses learns of it
    return True


def lock() -> None:
    """Wait for whoever is changing the framework, so that a version holds all of a change or nothing of it."""
    take_turns("courses.competencies")


def _free_code(model: type[CompetencyGroup] | type[Competency], title: str) -> str:
    return free_slug(slug_of(title, otherwise="competency"), set(model.objects.values_list("code", flat=True)))


def _write(row: CompetencyGroup | Competency, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def _check_levels(competency: Competency, levels: Sequence[LevelText]) -> None:
    if not FEWEST_LEVELS <= len(levels) <= MOST_LEVELS:
        text = _("A competency has %(a)s to %(b)s levels.") % {"a": FEWEST_LEVELS, "b": MOST_LEVELS}
        raise Refused(text, field="levels", code="number_of_levels")
    for number, level in enumerate(levels, start=1):
        if not level["title"].strip() or not level["behaviours"].strip():
            text = _("Level %(n)s needs a name and what somebody on it is seen to do.") % {"n": number}
            raise Refused(text, field="levels", code="level_incomplete")
    if not competency.pk:
        return
    above = competency.taught.filter(level__gt=len(levels)).select_related("course").first()
    if above:
        text = _("“%(course)s” teaches level %(level)s, so that level has to stay.")
        raise Refused(text % {"course": above.course, "level": above.level}, field="levels", code="level_in_use")


def _write_levels(competency: Competency, levels: Sequence[LevelText]) -> None:
    competency.levels.filter(number__gt=len(levels)).delete()
    present = {level.number: level for level in competency.levels.all()}
    for number, text in enumerate(levels, start=1):
        level = present.get(number) or CompetencyLevel(competency=competency, number=number)
        before = (level.title, level.behaviours, level.translations)
        level.title, level.behaviours = text["title"].strip(), text["behaviours"].replace("\r\n", "\n").strip()
        level.translations = text.get("translations", level.translations)
        if level.pk is None or before != (level.title, level.behaviours, level.translations):
            level.save()
