"""What a plan could hold: from the gaps to the role profile, from what was said last, from the next career step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import yaml
from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.learning_paths.suggestions import Suggestion, suggest
from assessments.models import Evidence
from courses.models import Competency, Course
from mentoring.careers.models import CareerStep
from mentoring.development.models import ActionKind, DevelopmentPlan
from mentoring.development.steps import ActionDraft, learnt_lately
from mentoring.rotation.deciders import supervisors_of
from trainingsite.core.demo import CONTENT
from trainingsite.people.models import User

LASTS = relativedelta(years=1, days=-1)
LATELY = timedelta(days=365)
APPRAISALS = 5
STEP = timedelta(days=28)
TRACK = CONTENT / "company" / "leadership_track.yaml"


@dataclass(frozen=True)
class Proposal:
    """What the form begins with."""

    partner: User | None
    begins_on: date
    ends_on: date
    appraisal: str
    step: CareerStep | None


def proposal(person: User, *, by: User, on: date) -> Proposal:
    """A plan of one year from today, agreed with the nearest supervisor."""
    leading = supervisors_of(person)
    partner = by if by.pk != person.pk and (by in leading or not leading) else next(iter(leading), None)
    step = CareerStep.objects.from_job(person.position_id, person.grade).select_related("from_position", "to_position")
    return Proposal(partner, on, on + LASTS, said_lately(person, on=on), step.order_by("pk").first())


def said_lately(person: User, *, on: date) -> str:
    """What people who assessed the person within a year said, the latest first."""
    rows = Evidence.objects.standing().filter(person=person, source="assessment", at__date__gt=on - LATELY)
    found = rows.select_related("competency").newest_first()[:APPRAISALS]
    return "\n".join(_line(row) for row in found)


def _line(row: Evidence) -> str:
    words = {"day": date_format(row.at, "DATE_FORMAT"), "what": row.competency, "score": round(row.score)}
    text = _("%(day)s · %(what)s: %(score)s%%") % words
    return f"{text} · {row.note}" if row.note else text


@dataclass(frozen=True)
class Idea:
    """An action that could be in the plan, and why; `mark` names it in the form."""

    draft: ActionDraft
    why: str

    @property
    def mark(self) -> str:
        draft = self.draft
        return f"course-{draft.course.pk}" if draft.course else f"task-{draft.competency.pk if draft.competency else 0}"


def ideas(person: User, *, begins_on: date, ends_on: date, on: date) -> list[Idea]:
    """The courses that close the gaps soonest, and a task on the job for each gap that no course closes."""
    found = suggest(person, on)
    if found is None:
        return []
    days = _days(max(begins_on, on), ends_on)
    return [*_courses(found, days), *_tasks(found, ends_on)]


def _days(first: date, last: date) -> Iterator[date]:
    """Every four weeks, at the latest the last day."""
    while True:
        first = min(first + STEP, last)
        yield first


def _courses(found: Suggestion, days: Iterator[date]) -> Iterator[Idea]:
    for step in found.steps:
        closes = [(shown.competency, shown.closing) for shown in step.closes]
        words = [_("%(what)s: level %(a)s → %(b)s") % {"what": c, "a": x.before, "b": x.after} for c, x in closes]
        minutes = ngettext("%(n)s minute", "%(n)s minutes", step.minutes) % {"n": step.minutes}
        why = "；".join([*words, minutes]) if words else _("Needed first by another course")
        competency = closes[0][0] if closes else None
        yield Idea(ActionDraft(ActionKind.COURSE, str(step.course), next(days), competency, step.course), why)


def _tasks(found: Suggestion, last: date) -> Iterator[Idea]:
    for left in found.left:
        words = {"what": left.competency, "level": left.gap.need}
        text = _("Practise on the job: %(what)s up to level %(level)s") % words
        why = _("No course leads to level %(level)s") % words
        yield Idea(ActionDraft(ActionKind.TASK, text, last, left.competency), why)


def leadership(plan: DevelopmentPlan, at: datetime) -> list[ActionDraft]:
    """The ready template for future team leaders, on the days of the plan.

    A course that is not here, or was completed lately, is left out.
    """
    rows: list[dict[str, Any]] = yaml.safe_load(TRACK.read_text(encoding="utf-8"))["actions"]
    offered = Course.objects.published().filter(code__in=[r.get("course") for r in rows])
    courses = {row.code: row for row in offered.exclude(pk__in=learnt_lately(plan.person_id, at))}
    known = Competency.objects.in_use().filter(code__in=[r.get("competency") for r in rows])
    competencies = {row.code: row for row in known}
    wanted = [row for row in rows if "course" not in row or row["course"] in courses]
    return [
        ActionDraft(
            ActionKind(row["kind"]),
            row.get("text", ""),
            min(plan.begins_on + timedelta(days=row["after_days"]), plan.ends_on),
            competencies.get(row.get("competency", "")),
            courses.get(row.get("course", "")),
        )
        for row in wanted
    ]
