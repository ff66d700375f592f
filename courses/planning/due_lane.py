"""What is due when, and the hours that learning for it takes."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.curriculum.models import Unit
from courses.enrolment.models import Enrolment
from courses.planning.lanes import EXPIRIES, HOURS, LANES, Filters, Hours, Lane, Window
from courses.planning.lanes import Count as Number


def of_topic(topic: int | None, field: str = "topic") -> Q:
    """The condition that `field` is the topic or lies below it; none when the board is not narrowed."""
    if topic is None:
        return Q()
    return Q(**{field: topic}) | Q(**{f"{field}__parent": topic}) | Q(**{f"{field}__parent__parent": topic})


def _due(window: Window) -> QuerySet[Enrolment]:
    """Enrolments that are due in the window and were not withdrawn, as the board is narrowed."""
    filters = window.filters
    found = Enrolment.objects.filter(due_on__gte=window.first, due_on__lte=window.last, withdrawn_at=None)
    if filters.department_path:
        found = found.filter(person__department__path__startswith=filters.department_path)
    if filters.programme:
        found = found.filter(assignment__programme=filters.programme)
    return found.filter(of_topic(filters.topic, "course__topic")).order_by()


def due_counts(window: Window) -> Iterator[Number]:
    """How many open enrolments are due on each day; in the past, what is overdue."""
    for day, number in _due(window).filter(completed_at=None).values_list("due_on").annotate(n=Count("pk")):
        yield Number(day, number)


def due_hours(window: Window) -> Iterator[Hours]:
    """The minutes of the courses that are due, by department."""
    units = Unit.objects.in_use().filter(course=OuterRef("course")).order_by().values("course")
    minutes = Subquery(units.annotate(total=Sum("minutes")).values("total"), output_field=IntegerField())
    rows = _due(window).exclude(person__department=None).values_list("person__department", "course")
    for department, _course, people, taken in rows.annotate(n=Count("pk")).annotate(taken=Coalesce(minutes, 0)):
        yield Hours(department, people, taken)


def link_to_due(first: date, last: date, filters: Filters) -> str:
    """The open enrolments that are due on these days."""
    asked = {"due_min": first.isoformat(), "due_max": last.isoformat()}
    if filters.department_path:
        asked["department"] = filters.department_path.strip("/").rpartition("/")[2]
    return f"{reverse('enrolments')}?{urlencode(asked)}"


def expiry_counts(window: Window) -> Iterator[Number]:
    """Certificates that end, whoever keeps them."""
    for counts in EXPIRIES.values():
        yield from counts(window)


def _cliff(season: str, number: int) -> str:
    """What is announced ahead of a season during which certificates end."""
    text = ngettext("%(n)s ends during “%(season)s”", "%(n)s end during “%(season)s”", number)
    return text % {"n": number, "season": season}


LANES.register("due", Lane(_("Due dates"), "calendar-due", order=50, counts=due_counts, link=link_to_due))
LANES.register("expiring", Lane(_("Certificates ending"), "certificate", order=40, counts=expiry_counts, cliff=_cliff))
HOURS.register("due", due_hours)
