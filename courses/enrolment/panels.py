"""What the first page says: to trainees what to do now, to HR who falls out and what goes on by itself."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, When

from courses.acts import LEARN, PLAN
from courses.curriculum.models import Course, CourseStatus, CourseVersion
from courses.enrolment.models import Enrolment
from courses.programmes.models import DueException
from courses.refreshers.models import Occurrence
from trainingsite.core.home.panels import PANELS, Panel
from trainingsite.people.models import User

SOON = timedelta(days=7)
NEXT_RUNS_WITHIN = timedelta(days=31)
SHOWN = 6
MOST = 60
NOW, BEGUN, NEXT, LATER = range(4)


def agenda(user: User, day: date) -> list[Enrolment]:
    """What is open, the most urgent first: overdue and due within a week, then what was begun, then by date.

    At most 60, each with `minutes_left`; what opens only later comes last. Read once for each request.
    """
    if (kept := user.__dict__.get("agenda")) is not None:
        return list(kept)
    urgency = Case(
        When(opens_on__gt=day, then=LATER),
        When(due_on__lte=day + SOON, then=NOW),
        When(started_at__isnull=False, then=BEGUN),
        default=NEXT,
        output_field=IntegerField(),
    )
    mine = Enrolment.objects.filter(person=user).open().select_related("course").annotate(urgency=urgency)
    rows = list(mine.with_minutes_left().order_by("urgency", F("due_on").asc(nulls_last=True), "pk")[:MOST])
    if hasattr(user, "loaded_at"):
        user.__dict__["agenda"] = rows
    return rows


def next_step(user: User, day: date) -> dict[str, Any]:
    """The one thing to go on with: what is due within a week or overdue, else what was begun, else the next due."""
    learnable = (row for row in agenda(user, day) if row.opens_on is None or row.opens_on <= day)
    found = next((row for row in learnable if row.minutes_left), None)
    return {"enrolment": found, "today": day} if found else {}


def due_list(user: User, day: date) -> dict[str, Any]:
    """What is open, the most urgent first, with the minutes each takes, and those of all that is due within 7 days."""
    rows = agenda(user, day)
    minutes = sum(row.minutes_left for row in rows if row.due_on and row.due_on <= day + SOON)
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "minutes": minutes, "today": day} if rows else {}


def falls_out(user: User, day: date) -> dict[str, Any]:
    """Exceptions that wait for a decision, and who is overdue, by department."""
    late = Enrolment.objects.visible_to(user).overdue(day).of_employed(day)
    departments = (
        late.values("person__department", "person__department__name")
        .annotate(people=Count("person", distinct=True), courses=Count("pk"))
        .order_by("-people", "person__department__path")
    )
    waiting = DueException.objects.visible_to(user).waiting().count()
    return {"departments": list(departments[:SHOWN]), "waiting": waiting}


def by_itself(_user: User, day: date) -> dict[str, Any]:
    """What beat did since yesterday, and the refreshers that open next."""
    last_runs = Occurrence.objects.filter(opened_at__date__gte=day - timedelta(days=1)).select_related("refresher")
    marked = Enrolment.objects.filter(overdue_since__gte=day - timedelta(days=1), overdue_since__lte=day).count()
    coming = Occurrence.objects.to_come().filter(refresher__paused_at=None, on__lte=day + NEXT_RUNS_WITHIN)
    upcoming = coming.order_by("on", "refresher__title", "pk").values_list("on", "refresher__title", "refresher")
    return {"opened": list(last_runs), "marked": marked, "upcoming": list(upcoming[:SHOWN])}


def drafts(_user: User, _day: date) -> dict[str, Any]:
    """Drafts that wait for a review, the longest first; then courses that are being written for the first time."""
    waiting = CourseVersion.objects.in_review().select_related("course", "sent_by").order_by("sent_at")
    written = Course.objects.filter(status=CourseStatus.DRAFT).exclude(versions__in=waiting.order_by())
    found = {"waiting": list(waiting[:SHOWN]), "courses": list(written.order_by("-modified_at")[:SHOWN])}
    return found if any(found.values()) else {}


def _register(name: str, panel: Panel) -> None:
    PANELS.register(f"courses.{name}", panel)


_FOLDER = "courses/enrolment"
_register("next", Panel(LEARN, f"{_FOLDER}/panel_next.html", next_step, order=10, wide=True))
_register("due", Panel(LEARN, f"{_FOLDER}/panel_due.html", due_list, order=30))
_register("falls_out", Panel(PLAN, f"{_FOLDER}/panel_falls_out.html", falls_out, order=20))
_register("by_itself", Panel(PLAN, f"{_FOLDER}/panel_by_itself.html", by_itself, order=40))
_register("drafts", Panel(PLAN, f"{_FOLDER}/panel_drafts.html", drafts, order=60))
