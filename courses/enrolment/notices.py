"""What people are told about their courses."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.curriculum.models import Course
from courses.enrolment.models import Enrolment
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind
from trainingsite.people.models import User

PASSED = "passed"
Facts = dict[str, Any]


def study_url(enrolment_id: int) -> str:
    """Where the person goes on with the course."""
    return reverse("learn", args=[enrolment_id])


def tell_enrolled(made: Sequence[tuple[int, int]], course: Course, deadlines: Mapping[int, date | None]) -> int:
    """Tell each person of the new enrolments (pairs of enrolment and person) that the course is there."""
    return notify(
        Message(
            person_id=person,
            kind="enrolled",
            key=f"enrolled:{pk}",
            facts={"course": course.title, "due_on": iso(deadlines.get(person))},
            url=study_url(pk),
        )
        for pk, person in made
    )


def due_message(enrolment: Enrolment, step: str, on: date) -> Message:
    """The reminder of a step: 7, 3 or 1 days before, or passed; one for each deadline the enrolment ever had."""
    due_on = enrolment.due_on
    assert due_on is not None  # noqa: S101 - the caller filtered on the deadline
    facts = {"course": enrolment.course.title, "due_on": due_on.isoformat(), "days": (due_on - on).days}
    kind = "overdue" if step == PASSED else "due_soon"
    key = f"due:{enrolment.pk}:{due_on}:{step}"
    return Message(enrolment.person_id, kind, key, facts, study_url(enrolment.pk))


def asked_message(enrolment: Enrolment, by: User, on: date) -> Message:
    """The reminder that a colleague asked for."""
    facts = {"course": enrolment.course.title, "due_on": iso(enrolment.due_on), "by": by.name}
    return Message(enrolment.person_id, "reminded", f"asked:{enrolment.pk}:{on}", facts, study_url(enrolment.pk))


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day_of(facts: Facts) -> str:
    """The deadline among the facts, as the reader writes dates; empty when there is none."""
    return date_format(date.fromisoformat(facts["due_on"]), "DATE_FORMAT") if facts.get("due_on") else ""


def _enrolled(facts: Facts) -> str:
    values = {"course": facts["course"], "day": day_of(facts)}
    if not values["day"]:
        return _("New course for you: “%(course)s”") % values
    return _("New course for you: “%(course)s”, due %(day)s") % values


def _due_soon(facts: Facts) -> str:
    values = {"course": facts["course"], "days": facts["days"], "day": day_of(facts)}
    if not facts["days"]:
        return _("“%(course)s” is due today") % values
    text = ngettext(
        "“%(course)s” is due in %(days)s day, on %(day)s",
        "“%(course)s” is due in %(days)s days, on %(day)s",
        facts["days"],
    )
    return text % values


def _overdue(facts: Facts) -> str:
    return _("“%(course)s” was due on %(day)s; please finish it") % {"course": facts["course"], "day": day_of(facts)}


def _reminded(facts: Facts) -> str:
    return _("%(by)s reminds you of the course “%(course)s”") % {"by": facts["by"], "course": facts["course"]}


KINDS.register("enrolled", Kind(_enrolled, icon="book"))
KINDS.register("due_soon", Kind(_due_soon, icon="clock"))
KINDS.register("overdue", Kind(_overdue, icon="alert-triangle"))
KINDS.register("reminded", Kind(_reminded, icon="bell"))
