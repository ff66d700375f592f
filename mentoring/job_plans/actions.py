"""Begin a mentee's plan on the job, give it more time, end it, and change its tasks."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.acts import EDIT_JOB_PLANS
from mentoring.job_plans.models import WEEK, JobPlan, JobPlanTemplate, JobTask, PlanOutcome
from mentoring.job_plans.signing import side_of, sign, take_back
from mentoring.job_plans.templates import (
    COPIED,
    MOST_TASKS,
    WORDS,
    copy_template,
    restore_template,
    retire_template,
    save_tasks,
    save_template,
)
from mentoring.job_plans.withdrawing import may_withdraw, withdraw
from mentoring.job_plans.words import TaskText, checked
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

__all__ = [
    "add_task",
    "begin_plan",
    "begin_plans",
    "copy_template",
    "end_plan",
    "extend_plan",
    "may_change",
    "may_withdraw",
    "remove_task",
    "restore_template",
    "retire_template",
    "save_tasks",
    "save_template",
    "sign",
    "take_back",
    "withdraw",
]

DAY = timedelta(days=1)
LONGEST_NOTE = 300
CONDITIONS = ("least_checkins", "needs_evaluations", "least_stars", "certification_id")


@transaction.atomic
def begin_plan(mentee: User, template: JobPlanTemplate, *, on: date, ends_on: date | None = None) -> JobPlan:
    """Give the mentee the template's weeks from `on`, its tasks and conditions copied as they are now.

    A repeat returns the open plan from the same template; another open plan has to be ended first.
    """
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=mentee.pk)
    if (found := mentee.job_plans.open().first()) is not None:
        if found.template_id == template.pk:
            return found
        raise Refused(
            _("%(name)s has a plan already: %(plan)s.") % {"name": mentee, "plan": found},
            field="template",
            code="has_plan",
        )
    return begin_plans([mentee], template, on=on, ends_on=ends_on)[0]


@transaction.atomic
def begin_plans(
    mentees: Sequence[User], template: JobPlanTemplate, *, on: date, ends_on: date | None = None
) -> list[JobPlan]:
    """The same for many, in as many statements as for one; the caller has locked them and none has an open plan."""
    present = JobPlanTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    tasks = list(present.tasks.all())
    last = ends_on or on + present.weeks * WEEK - DAY
    _check_beginning(present, max((task.week for task in tasks), default=0), on, last)
    agreed = {name: getattr(present, name) for name in CONDITIONS}
    facts = {"template": present, "title": present.title, "weeks": present.weeks, "started_on": on, "ends_on": last}
    plans = JobPlan.objects.bulk_create(JobPlan(mentee=mentee, **facts, **agreed) for mentee in mentees)
    JobTask.objects.bulk_create(
        JobTask(plan=plan, due_on=_due_on(plan, task.week), **{name: getattr(task, name) for name in COPIED})
        for plan in plans
        for task in tasks
    )
    return plans


def _due_on(plan: JobPlan, week: int) -> date:
    """The last day of the week, or of the plan where that is sooner."""
    return min(plan.begins(week) + WEEK - DAY, plan.ends_on)


def _check_beginning(template: JobPlanTemplate, last_week: int, on: date, ends_on: date) -> None:
    if template.retired_at is not None:
        raise Refused(
            _("“%(title)s” is retired; choose another template.") % {"title": template},
            field="template",
            code="template_retired",
        )
    if not last_week:
        raise Refused(_("“%(title)s” has no tasks yet.") % {"title": template}, field="template", code="template_empty")
    least = on + (last_week - 1) * WEEK
    if ends_on < least:
        facts = {"weeks": last_week, "day": date_format(least, "DATE_FORMAT")}
        raise Refused(
            _("The plan has tasks in week %(weeks)s, so that it cannot end before %(day)s.") % facts,
            field="planned_end",
            code="ends_too_early",
        )


def _locked(plan: JobPlan) -> JobPlan:
    return JobPlan.objects.select_for_update(of=("self",)).select_related("mentee").get(pk=plan.pk)


@transaction.atomic
def extend_plan(plan: JobPlan, until: date) -> JobPlan:
    """Let the plan last until a later day; tasks are due when they were. An earlier day changes nothing."""
    found = _locked(plan)
    if not found.is_open:
        raise Refused(_("This plan has ended."), code="plan_ended")
    if until > found.ends_on:
        found.ends_on = until
        found.save(update_fields=["ends_on"])
    return found


@transaction.atomic
def end_plan(plan: JobPlan, outcome: PlanOutcome, *, on: date, note: str = "") -> JobPlan:
    """End the plan; what is signed stays. A repeat changes nothing, whatever outcome it says."""
    found = _locked(plan)
    if found.is_open:
        found.ended_on, found.outcome, found.outcome_note = on, PlanOutcome(outcome), note.strip()[:LONGEST_NOTE]
        found.save(update_fields=["ended_on", "outcome", "outcome_note"])
    return found


@transaction.atomic
def add_task(plan: JobPlan, text: TaskText, *, by: User) -> JobTask:
    """The mentor (or HR) adds a task to a running plan, last in its week; a repeat returns the one that there is."""
    found = _locked(plan)
    _check_changing(found, by)
    words = checked(text, found.weeks)
    present = found.tasks.filter(week=words.week)
    if (same := present.filter(text=words.text).first()) is not None:
        return same
    if present.count() >= MOST_TASKS:
        raise Refused(_("At most %(n)s tasks a week.") % {"n": MOST_TASKS}, field="week", code="week_full")
    position = max(present.values_list("position", flat=True), default=-1) + 1
    facts = {name: getattr(words, name) for name in WORDS}
    return found.tasks.create(position=position, due_on=_due_on(found, words.week), **facts)


@transaction.atomic
def remove_task(task: JobTask, *, by: User) -> None:
    """The mentor takes out an optional task that nobody has ever signed; HR also a required one."""
    plan = _locked(task.plan)
    _check_changing(plan, by)
    found = plan.tasks.filter(pk=task.pk).first()
    if found is None:
        return
    if found.sign_offs.exists():
        raise Refused(_("Somebody has signed this task already; it stays."), code="task_signed")
    if found.is_required and not by.may(EDIT_JOB_PLANS):
        raise Refused(_("Only HR takes out a required task."), code="task_required")
    found.delete()


def may_change(plan: JobPlan, user: User) -> bool:
    """Whether the user may add tasks to a running plan: its mentor, and HR."""
    return plan.is_open and plan.mentee_id != user.pk and (user.may(EDIT_JOB_PLANS) or side_of(plan, user) is not None)


def _check_changing(plan: JobPlan, by: User) -> None:
    if not plan.is_open:
        raise Refused(_("This plan has ended."), code="plan_ended")
    if not may_change(plan, by):
        raise Refused(_("The mentor changes the plan of a mentee."), code="not_the_mentor")
