"""The audit trail, for HR and auditors."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed
from trainingsite.people.history.events import Trail, entries, people_fields, trails, with_previous
from trainingsite.people.history.forms import PEOPLE, HistoryForm
from trainingsite.people.models import User


@require_GET
@allowed(acts.VIEW_HISTORY)
def history(request: HttpRequest) -> HttpResponse:
    """Events of one kind of thing, the newest first."""
    form = HistoryForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    trail = trails()[asked.get("what") or PEOPLE]
    page = paginate(request, with_previous(_found(trail, asked)).order_by("-pgh_id"))
    context = {
        "filterset": SimpleNamespace(form=form),
        "page": page,
        "entries": entries(trail, page.object_list),
        "target": "#rows",
    }
    return render_page(request, "people/history/list.html", context, partial="rows")


def _found(trail: Trail, asked: dict[str, Any]) -> Any:
    events = trail.objects.all()
    if about := asked.get("about"):
        people = User.objects.called(about).values("pk")
        matching = Q(pk__in=[])
        for name in people_fields(trail):
            matching |= Q(**{f"{name}__in": people})
        events = events.filter(matching)
    if by := asked.get("by"):
        # A handful of people: their ids stand in the JSON of the context.
        events = events.filter(
            pgh_context__metadata__user__in=list(User.objects.called(by).values_list("pk", flat=True))
        )
    if since := asked.get("since"):
        events = events.filter(pgh_created_at__gte=_midnight(since))
    if until := asked.get("until"):
        events = events.filter(pgh_created_at__lt=_midnight(until + timedelta(days=1)))
    return events


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
