"""Who is enrolled in what: the list for HR and supervisors, its export, and acts on many at once."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from courses.acts import ASSIGN, VIEW_ENROLMENTS
from courses.enrolment.actions import extend, remind_now, withdraw
from courses.enrolment.filters import EnrolmentFilter
from courses.enrolment.forms import ACTS, BulkForm
from courses.enrolment.models import Enrolment
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

COLUMNS = {
    "person": "person__sort_key",
    "department": "person__department__path",
    "course": "course__title",
    "assigned": "assigned_on",
    "due": "due_on",
    "completed": "completed_at",
}
MOST_CHOSEN = 500
SAMPLE = 20


def _listed(request: HttpRequest) -> tuple[EnrolmentFilter, QuerySet[Enrolment]]:
    every = Enrolment.objects.visible_to(me(request)).select_related("person", "person__department", "course")
    filterset = EnrolmentFilter(request.GET, queryset=every)
    ordered = sorted_by(request, filterset.qs, COLUMNS, "due")
    if request.GET.get("sort", "due") == "due":
        ordered = ordered.order_by(F("due_on").asc(nulls_last=True), "pk")
    return filterset, ordered


@require_GET
@allowed(VIEW_ENROLMENTS)
def enrolments(request: HttpRequest) -> HttpResponse:
    filterset, found = _listed(request)
    page = paginate(request, found)
    context = {"page": page, "filterset": filterset, "today": clock.today(), "sort": "due"}
    context["can_act"] = me(request).may(ASSIGN)
    return render_page(request, "courses/enrolment/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_ENROLMENTS)
def enrolments_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV."""
    _filterset, found = _listed(request)
    today = clock.today()
    headings = [
        _("Employee number"),
        pgettext("person", "Name"),
        _("Department"),
        _("Course"),
        _("Assigned on"),
        _("Due on"),
    ]
    headings += [_("State"), _("Completed at")]
    return csv_download("enrolments", headings, (_cells(row, today) for row in found.iterator(chunk_size=2000)))


def _cells(row: Enrolment, today: Any) -> list[Any]:
    person = row.person
    who = [person.employee_number, person.name, str(person.department or "")]
    return [*who, row.course.title, row.assigned_on, row.due_on, row.state_words(today), row.completed_at]


@require_POST
@allowed(ASSIGN)
def enrolments_act(request: HttpRequest) -> HttpResponse:
    """Extend, withdraw or remind: first show what will happen and to whom, then do it for all of them or for none."""
    chosen = [int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal()][:MOST_CHOSEN]
    asked = request.POST.get("act", "")
    found = list(_open_ones(me(request), chosen))
    if asked not in dict(ACTS) or not found:
        messages.error(request, _("Choose at least one open enrolment."))
        return redirect(_back(request))
    form = BulkForm(request.POST, asked=asked)
    if form.is_valid() and (text := _act(form, found, me(request))):
        messages.success(request, text)
        return redirect(_back(request))
    context = {"form": form, "asked": asked, "found": found, "sample": found[:SAMPLE], "more": len(found) - SAMPLE}
    context |= {"back": _back(request), "left_out": len(chosen) - len(found), "title": dict(ACTS)[asked]}
    return render(request, "courses/enrolment/act.html", context)


def _open_ones(user: User, chosen: list[int]) -> QuerySet[Enrolment]:
    visible = Enrolment.objects.visible_to(user).open().filter(pk__in=chosen)
    return visible.select_related("person", "person__department", "course").by_due_date()


def _act(form: BulkForm, found: list[Enrolment], user: User) -> str:
    """What was done, in words; empty when a rule said no, which then stands at its field."""
    asked, number = form.cleaned_data["act"], len(found)
    try:
        with transaction.atomic():
            if asked == "extend":
                for enrolment in found:
                    extend(enrolment, due_on=form.cleaned_data["due_on"], by=user)
                return ngettext("%(n)s deadline moved.", "%(n)s deadlines moved.", number) % {"n": number}
            if asked == "withdraw":
                at = clock.now()
                for enrolment in found:
                    withdraw(enrolment, reason=form.cleaned_data["reason"], at=at)
                return ngettext("%(n)s enrolment withdrawn.", "%(n)s enrolments withdrawn.", number) % {"n": number}
            number = remind_now(found, by=user, on=clock.today())
            text = ngettext("%(n)s reminder sent.", "%(n)s reminders sent.", number)
            return text % {"n": number} + " " + _("Nobody is reminded of the same course twice a day.")
    except Refused as refusal:
        show_refusal(form, refusal)
        return ""


def _back(request: HttpRequest) -> str:
    """The list as it was filtered."""
    asked = request.POST.get("back", "")
    own = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if own and asked.startswith(reverse("enrolments")) else reverse("enrolments")
