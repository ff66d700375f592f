"""The organisation's tree."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.departments.actions import delete_department
from trainingsite.people.departments.forms import DepartmentForm
from trainingsite.people.models import Department, Status


@require_GET
@allowed(acts.VIEW_PEOPLE)
def departments(request: HttpRequest) -> HttpResponse:
    """Every department with the number of people who work in it."""
    working = Count("people", filter=~Q(people__status=Status.LEFT))
    tree = Department.objects.visible_to(me(request)).in_tree_order().annotate(working=working)
    context = {"departments": tree, "may_edit": me(request).may(acts.EDIT_PEOPLE)}
    return render(request, "people/departments/tree.html", context)


@require_http_methods(["GET", "POST"])
@allowed(acts.EDIT_PEOPLE)
def edit_department(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a department (`?parent=` proposes where), or rename and move one."""
    found = get_object_or_404(Department, pk=pk) if pk else None
    asked = request.GET.get("parent", "")
    initial: dict[str, Any] = {"parent": int(asked)} if asked.isdecimal() else {}
    if found:
        initial = {"name": found.name, "parent": found.parent_id, "external_id": found.external_id}
    form = DepartmentForm(posted(request), department=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved})
            return redirect("departments")
    status = 422 if form.errors else 200
    return render(request, "people/departments/form.html", {"form": form, "department": found}, status=status)


@require_POST
@allowed(acts.EDIT_PEOPLE)
def remove_department(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a department that is not in use."""
    found = get_object_or_404(Department, pk=pk)
    try:
        delete_department(found)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%(name)s is deleted.") % {"name": found})
    return redirect("departments")
