"""The list of positions."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import Position, Status
from trainingsite.people.positions.actions import delete_position
from trainingsite.people.positions.forms import PositionForm

COLUMNS = {"name": "name", "people": "working"}


@require_GET
@allowed(acts.VIEW_PEOPLE)
def positions(request: HttpRequest) -> HttpResponse:
    """Every position with the number of people who hold it."""
    working = Count("people", filter=~Q(people__status=Status.LEFT))
    found = sorted_by(request, Position.objects.annotate(working=working), COLUMNS, "name")
    may_edit = me(request).may(acts.EDIT_PEOPLE)
    context = {"page": paginate(request, found), "sort": "name", "target": "#rows", "may_edit": may_edit}
    return render_page(request, "people/positions/list.html", context, partial="rows")


@require_http_methods(["GET", "POST"])
@allowed(acts.EDIT_PEOPLE)
def edit_position(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a position, or rename one."""
    found = get_object_or_404(Position, pk=pk) if pk else None
    initial = {"name": found.name, "external_id": found.external_id} if found else {}
    form = PositionForm(posted(request), position=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved})
            return redirect("positions")
    status = 422 if form.errors else 200
    return render(request, "people/positions/form.html", {"form": form, "position": found}, status=status)


@require_POST
@allowed(acts.EDIT_PEOPLE)
def remove_position(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a position that nobody holds."""
    found = get_object_or_404(Position, pk=pk)
    try:
        delete_position(found)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%(name)s is deleted.") % {"name": found})
    return redirect("positions")
