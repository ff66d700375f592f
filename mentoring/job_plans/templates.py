"""Templates that HR writes: what they are for, their tasks week by week and in which order, copied, retired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessments.models import Certification
from mentoring.job_plans.models import MOST_WEEKS, JobPlanTemplate, TemplateTask
from mentoring.job_plans.words import TaskText, checked
from trainingsite.core.errors import Refused
from trainingsite.core.locks import take_turns
from trainingsite.people.models import Position

MOST_STARS = 5
MOST_CHECKINS = 60
MOST_TASKS = 30  # a week
LONGEST_TITLE = 100
COPIED = ("week", "position", "phase", "text", "hint", "minutes", "is_required", "competency_id")
KEPT = ("about", "weeks", "least_checkins", "needs_evaluations", "least_stars", "certification")
WORDS = ("week", "phase", "text", "hint", "minutes", "is_required", "competency")


@dataclass(frozen=True)
class TemplateText:
    """What a template says of itself: for whom, how long, and what must be met before somebody graduates."""

    title: str
    weeks: int = 4
    about: str = ""
    positions: Sequence[Position] = field(default_factory=list)
    least_checkins: int = 4
    needs_evaluations: bool = True
    least_stars: int = 3
    certification: Certification | None = None


def locked(template: JobPlanTemplate) -> JobPlanTemplate:
    """The present row, locked, so that changes come one after the other."""
    return JobPlanTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)


@transaction.atomic
def save_template(template: JobPlanTemplate | None, text: TemplateText) -> JobPlanTemplate:
    """Add the template or change it; plans that have begun stay as they are. Refused at the field that is wrong."""
    take_turns("job plan templates")  # no two of one title, also at the same moment
    found = locked(template) if template else JobPlanTemplate()
    found.title = _free_title(text.title, but=found.pk)
    _check(text)
    if found.pk and (last := _last_week(found)) > text.weeks:
        raise Refused(
            _("There are tasks in week %(week)s; move them first.") % {"week": last}, field="weeks", code="weeks_in_use"
        )
    for name in KEPT:
        setattr(found, name, getattr(text, name))
    found.save()
    found.positions.set(text.positions)
    return found


def _free_title(title: str, *, but: int | None = None) -> str:
    words = " ".join(title.split())
    if not words or len(words) > LONGEST_TITLE:
        raise Refused(_("Give it a title."), field="title", code="title_missing")
    if JobPlanTemplate.objects.filter(title__iexact=words).exclude(pk=but or 0).exists():
        raise Refused(_("Another template has this title."), field="title", code="title_taken")
    return words


def _check(text: TemplateText) -> None:
    if not 1 <= text.weeks <= MOST_WEEKS:
        raise Refused(_("A plan takes 1 to %(n)s weeks.") % {"n": MOST_WEEKS}, field="weeks", code="bad_weeks")
    if not 1 <= text.least_stars <= MOST_STARS:
        raise Refused(_("Give one to five stars."), field="least_stars", code="bad_stars")
    if not 0 <= text.least_checkins <= MOST_CHECKINS:
        raise Refused(
            _("At most %(n)s check-ins.") % {"n": MOST_CHECKINS}, field="least_checkins", code="too_many_checkins"
        )


def _last_week(template: JobPlanTemplate) -> int:
    return max(template.tasks.values_list("week", flat=True), default=0)


@transaction.atomic
def save_tasks(template: JobPlanTemplate, tasks: Sequence[TaskText]) -> list[TemplateTask]:
    """Let these be the tasks of the template, in this order within their weeks; what is not named goes."""
    found = locked(template)
    texts = [checked(task, found.weeks) for task in tasks]
    named = {(text.week, text.text) for text in texts}
    if len(named) < len(texts):
        raise _twice()
    for task in found.tasks.all():
        if (task.week, task.text) not in named:
            task.delete()
    known = {(task.week, task.text): task for task in found.tasks.all()}
    kept = [_filled(known.get((text.week, text.text)) or TemplateTask(template=found), text) for text in texts]
    for position, task in enumerate(kept):
        task.position = position
        task.save()
    return kept


def _filled(task: TemplateTask, text: TaskText) -> TemplateTask:
    for name in WORDS:
        setattr(task, name, getattr(text, name))
    return task


def _twice() -> Refused:
    return Refused(_("This task stands in the week already."), field="text", code="task_twice")


@transaction.atomic
def save_task(template: JobPlanTemplate, task: TemplateTask | None, text: TaskText) -> TemplateTask:
    """Put a task at the end of its week, or change it; a task that comes to another week stands last there."""
    found = locked(template)
    words = checked(text, found.weeks)
    others = found.tasks.filter(week=words.week).exclude(pk=task.pk if task else 0)
    if others.filter(text=words.text).exists():
        raise _twice()
    if others.count() >= MOST_TASKS:
        raise Refused(_("At most %(n)s tasks a week.") % {"n": MOST_TASKS}, field="week", code="week_full")
    present = found.tasks.get(pk=task.pk) if task else TemplateTask(template=found)
    if present.pk is None or present.week != words.week:
        present.position = max(others.values_list("position", flat=True), default=-1) + 1
    _filled(present, words).save()
    return present


@transaction.atomic
def remove_task(task: TemplateTask) -> None:
    """Take a task out of the template; plans that have begun keep theirs. A repeat changes nothing."""
    locked(task.template)
    TemplateTask.objects.filter(pk=task.pk).delete()


@transaction.atomic
def place_tasks(template: JobPlanTemplate, order: Mapping[int, Sequence[int]]) -> None:
    """Put tasks into weeks in an order: ids of tasks under the number of the week; unnamed ones stay as they are."""
    found = locked(template)
    tasks = {task.pk: task for task in found.tasks.all()}
    asked = [pk for ids in order.values() for pk in ids]
    if set(asked) - set(tasks) or len(asked) != len(set(asked)) or not set(order) <= set(range(1, found.weeks + 1)):
        raise Refused(_("The template was changed meanwhile; load the page again."), code="template_changed")
    for week, ids in order.items():
        for position, pk in enumerate(ids):
            tasks[pk].week, tasks[pk].position = week, position
    if len({(task.week, task.text) for task in tasks.values()}) < len(tasks):
        raise _twice()
    try:
        with transaction.atomic():
            TemplateTask.objects.bulk_update(tasks.values(), ["week", "position"])
    except IntegrityError:  # two tasks of one text that change their weeks with each other
        raise _twice() from None


@transaction.atomic
def copy_template(template: JobPlanTemplate, *, title: str) -> JobPlanTemplate:
    """A new template with the same tasks, conditions and positions under another title."""
    take_turns("job plan templates")
    copy = JobPlanTemplate(title=_free_title(title), **{name: getattr(template, name) for name in KEPT})
    copy.save()
    copy.positions.set(template.positions.all())
    TemplateTask.objects.bulk_create(
        TemplateTask(template=copy, **{name: getattr(task, name) for name in COPIED}) for task in template.tasks.all()
    )
    return copy


@transaction.atomic
def retire_template(template: JobPlanTemplate, *, at: datetime) -> JobPlanTemplate:
    """Let nobody begin it any more; plans that have begun go on. A repeat changes nothing."""
    found = locked(template)
    if found.retired_at is None:
        found.retired_at = at
        found.save(update_fields=["retired_at"])
    return found


@transaction.atomic
def restore_template(template: JobPlanTemplate) -> JobPlanTemplate:
    """Let it be used again. A repeat changes nothing."""
    found = locked(template)
    if found.retired_at is not None:
        found.retired_at = None
        found.save(update_fields=["retired_at"])
    return found
