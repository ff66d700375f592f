"""What HR should look at before people begin a template: what stops it, and what is probably a mistake."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentoring.job_plans.models import JobPlanTemplate, Phase, TemplateTask
from trainingsite.core.display import listed

MUCH = 8 * 60  # of the mentor, minutes a week
ORDER = list(Phase)


@dataclass(frozen=True)
class Finding:
    """Something about a template; nobody can begin it as long as it `stops`."""

    code: str
    text: str
    stops: bool = False
    week: int | None = None


def findings(template: JobPlanTemplate, tasks: Sequence[TemplateTask]) -> list[Finding]:
    """What is found, what stops it first."""
    if not tasks:
        return [Finding("empty", _("There are no tasks yet, so that nobody can begin it."), stops=True)]
    weeks: dict[int, list[TemplateTask]] = defaultdict(list)
    for task in tasks:
        weeks[task.week].append(task)
    found = [*_of_weeks(template, weeks), *_of_phases(tasks), *_of_tasks(tasks), *_of_conditions(template)]
    return sorted(found, key=lambda finding: not finding.stops)


def _of_weeks(template: JobPlanTemplate, weeks: dict[int, list[TemplateTask]]) -> Iterator[Finding]:
    if empty := [week for week in range(1, template.weeks + 1) if not weeks.get(week)]:
        yield Finding("empty_week", _("Nothing is to be done in week %(weeks)s.") % {"weeks": listed(map(str, empty))})
    for week, tasks in sorted(weeks.items()):
        minutes = sum(task.minutes for task in tasks)
        if minutes > MUCH:
            facts = {"week": week, "hours": round(minutes / 60, 1)}
            text = _("Week %(week)s takes the mentor %(hours)s hours; that is more than a day.") % facts
            yield Finding("much", text, week=week)


def _of_phases(tasks: Sequence[TemplateTask]) -> Iterator[Finding]:
    present = {task.phase for task in tasks}
    if Phase.ALONE not in present:
        yield Finding("never_alone", _("No task is done alone, so that nobody sees whether it works without help."))
    alone = min((task.week for task in tasks if task.phase == Phase.ALONE), default=None)
    late = sorted({task.week for task in tasks if task.phase == Phase.OBSERVE and alone and task.week > alone})
    for week in late:
        facts = {"week": week, "alone": alone}
        text = _("Week %(week)s asks to watch, though week %(alone)s already asks to work alone.") % facts
        yield Finding("backwards", text, week=week)


def _of_tasks(tasks: Sequence[TemplateTask]) -> Iterator[Finding]:
    if not any(task.is_required for task in tasks):
        yield Finding("none_required", _("No task is required, so that anybody graduates without one."))
    if not any(task.competency_id for task in tasks):
        yield Finding("no_competency", _("No task names a competency, so that none becomes evidence for a rating."))
    retired = [task for task in tasks if task.competency and task.competency.retired_at]
    for task in retired:
        facts = {"task": task.text, "competency": task.competency}
        text = _("“%(task)s” names a competency that is retired: %(competency)s.") % facts
        yield Finding("competency_retired", text, week=task.week)


def _of_conditions(template: JobPlanTemplate) -> Iterator[Finding]:
    if template.least_checkins > 2 * template.weeks:
        facts = {"n": template.least_checkins, "weeks": template.weeks}
        yield Finding("many_checkins", _("%(n)s check-ins in %(weeks)s weeks are more than two a week.") % facts)
    if template.certification and template.certification.archived_at:
        text = _("Nobody gets the certificate any more that is asked for: %(title)s.")
        yield Finding("certification_archived", text % {"title": template.certification})
