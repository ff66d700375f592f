"""HR's list of people, the page of one person, and the form that enters and changes one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access import acts
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User
from trainingsite.people.staff.actions import new_password
from trainingsite.people.staff.filters import PersonFilter
from trainingsite.people.staff.forms import PersonForm
from trainingsite.people.staff.models import PersonQuerySet
from trainingsite.people.staff.panels import panels_for

COLUMNS = {
    "name": "sort_key",
    "number": "employee_number",
    "department": "department__path",
    "position": "position__name",
    "hired": "hired_on",
}


def _listed(request: HttpRequest) -> tuple[PersonFilter, Any]:
    """The filters of the list and the people that they leave, in order."""
    people = _seen_by(me(request))
    filterset = PersonFilter(request.GET, people)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "name")


def _seen_by(user: User) -> PersonQuerySet:
    people: PersonQuerySet = User.objects.people().visible_to(user).select_related("department", "position", "manager")
    return people


@require_GET
@allowed(acts.VIEW_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    filterset, found = _listed(request)
    context = {
        "filterset": filterset,
        "page": paginate(request, found),
        "sort": "name",
        "target": "#rows",
        "may_edit": me(request).may(acts.EDIT_PEOPLE),
    }
    return render_page(request, "people/staff/list.html", context, partial="rows")


@require_GET
@allowed(acts.VIEW_PEOPLE)
def people_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all pages of it."""
    _filterset, found = _listed(request)
    names = (
        "employee_number",
        "name",
        "department",
        "position",
        "grade",
        "tags",
        "manager",
        "hired_on",
        "status",
        "email",
    )
    headings = [str(User._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]  # columns
    rows = [
        (
            person.employee_number,
            person.name,
            str(person.department or ""),
            str(person.position or ""),
            person.grade,
            "、".join(person.tags),
            person.manager.employee_number if person.manager else "",
            person.hired_on,
            person.get_status_display(),
            person.email,
        )
        for person in found
    ]
    return csv_download("people", headings, rows)


@require_GET
@allowed(acts.VIEW_PEOPLE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = me(request)
    found = get_object_or_404(_seen_by(viewer), pk=pk)
    context = {
        "person": found,
        "grants": found.held,
        "panels": panels_for(viewer, found, clock.today()),
        "may_edit": viewer.may(acts.EDIT_PEOPLE),
        "may_set_password": viewer.may(acts.SET_PASSWORDS),
        "access_url": _access_url(found) if viewer.may(acts.MANAGE_ACCESS) else "",
        "may_see_history": viewer.may(acts.VIEW_HISTORY),
    }
    return render(request, "people/staff/detail.html", context)


def _access_url(person: User) -> str:
    """Where the administrator changes the roles of this person."""
    called = person.employee_number or person.username
    return f"{reverse('access')}?{urlencode({'person': called, 'q': called})}"


@require_http_methods(["GET", "POST"])
@allowed(acts.EDIT_PEOPLE)
def edit_person(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter a person, or change one."""
    found = get_object_or_404(_seen_by(me(request)), pk=pk) if pk else None
    form = PersonForm(posted(request), person=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save(by=me(request), on=clock.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved})
            return redirect("person", saved.pk)
    status = 422 if form.errors else 200
    return render(request, "people/staff/form.html", {"form": form, "person": found}, status=status)


@require_POST
@allowed(acts.SET_PASSWORDS)
def set_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a new password once, to be handed to the person."""
    found = get_object_or_404(_seen_by(me(request)), pk=pk)
    try:
        password = new_password(found, by=me(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("person", pk)
    answer = render(request, "people/staff/password.html", {"person": found, "password": password})
    answer.headers["Cache-Control"] = "no-store"
    return answer
