"""The certificates that end, on the planning board of HR."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef

from assessments.certification.models import Certificate
from courses.planning.lanes import EXPIRIES, Window
from courses.planning.lanes import Count as Number


def expiries(window: Window) -> Iterator[Number]:
    """How many certificates end on each day of people who work here and hold no later one of the same rule."""
    held = Certificate.objects.filter(person=OuterRef("person"), certification=OuterRef("certification"))
    later = held.filter(period__gt=OuterRef("period"), revoked_at=None)
    ending = Certificate.objects.filter(expires_on__gte=window.first, expires_on__lte=window.last, revoked_at=None)
    ending = ending.filter(person__left_on=None).exclude(Exists(later))
    if window.filters.department_path:
        ending = ending.filter(person__department__path__startswith=window.filters.department_path)
    for day, number in ending.order_by().values_list("expires_on").annotate(n=Count("pk")):
        yield Number(day, number)


EXPIRIES.register("certificates", expiries)
