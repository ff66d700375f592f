"""What mentee and mentor are told of the plan: a week begins, a task waits for the mentor, "not yet"."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.job_plans.models import JobTask
from mentoring.pairings.models import Pairing
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind
from trainingsite.people.models import User


def _page(task: JobTask) -> str:
    return f"{reverse('job-plan', args=[task.plan_id])}#task-{task.pk}"


def tell_waits(task: JobTask, pairing: Pairing, on: date) -> int:
    """The mentor has something to sign: at most one notice a day for a pairing."""
    facts = {"mentee": task.plan.mentee.name, "task": task.text}
    key = f"job_task_waits:{pairing.pk}:{on.isoformat()}"
    return notify([Message(pairing.mentor_id, "job_task_waits", key, facts, _page(task))])


def tell_not_yet(task: JobTask, pairing: Pairing, why: str) -> int:
    facts = {"mentor": pairing.mentor.name, "task": task.text, "note": why}
    key = f"job_task_not_yet:{task.pk}:{task.sign_offs.count()}"
    return notify([Message(pairing.mentee_id, "job_task_not_yet", key, facts, _page(task))])


def tell_withdrawn(task: JobTask, people: Iterable[int], by: User, why: str) -> int:
    """Whose signature it was and the two who go on: that it was taken back, by whom and why."""
    facts = {"by": by.name, "task": task.text, "mentee": task.plan.mentee.name, "note": why}
    key = f"job_task_withdrawn:{task.pk}:{task.sign_offs.count()}"
    return notify(Message(person, "job_task_withdrawn", key, facts, _page(task)) for person in people)


def _waits(facts: dict[str, Any]) -> str:
    return _("%(mentee)s has a task for you to sign off") % facts


def _not_yet(facts: dict[str, Any]) -> str:
    return _("Not yet: %(task)s") % facts


def _task(facts: dict[str, Any]) -> str:
    return str(facts["task"])


def _why(facts: dict[str, Any]) -> str:
    return _("%(mentor)s says: %(note)s") % facts


def _by_whom(facts: dict[str, Any]) -> str:
    return _("%(mentor)s says: %(note)s") % {"mentor": facts["by"], "note": facts["note"]}


def _withdrawn(facts: dict[str, Any]) -> str:
    return _("Sign-off taken back (%(mentee)s): %(task)s") % facts


def _week(facts: dict[str, Any]) -> str:
    if facts["as"] == "mentor":
        text = ngettext(
            "Week %(week)s of %(mentee)s's plan begins: %(n)s task",
            "Week %(week)s of %(mentee)s's plan begins: %(n)s tasks",
            facts["n"],
        )
    else:
        text = ngettext(
            "Week %(week)s of your plan begins: %(n)s task",
            "Week %(week)s of your plan begins: %(n)s tasks",
            facts["n"],
        )
    return text % facts


def _tasks(facts: dict[str, Any]) -> str:
    return "\n".join(f"· {text}" for text in facts["tasks"])


KINDS.register("job_week_begins", Kind(_week, "calendar-event", _tasks))
KINDS.register("job_task_waits", Kind(_waits, "signature", _task))
KINDS.register("job_task_not_yet", Kind(_not_yet, "route", _why))
KINDS.register("job_task_withdrawn", Kind(_withdrawn, "arrow-back-up", _by_whom))
