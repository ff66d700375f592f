"""The reserve list (储备名单): who could take which step, who might be put on it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mentoring.acts import KEEP_RESERVE, NOMINATE, SEE_RESERVE
from mentoring.careers.filters import PeopleFilter, ReserveFilter
from mentoring.careers.forms import ReserveForm, TakeOffForm
from mentoring.careers.models import CareerStep, Nomination, Reserve
from mentoring.careers.requirements import measure
from trainingsite.core import clock, days
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

COLUMNS = {
    "person": "person__sort_key",
    "department": "person__department__path",
    "step": "step__to_position__name",
    "readiness": "soon",
    "listed": "listed_on",
}
MOST_COMPARED = 500


@require_GET
@allowed(SEE_RESERVE)
def reserve(request: HttpRequest) -> HttpResponse:
    filterset, rows = _listed(request)
    context = {
        "filterset": filterset,
        "page": paginate(request, rows),
        "sort": "readiness",
        "target": "#reserve",
        "may_keep": me(request).may(KEEP_RESERVE),
        "may_nominate": me(request).may(NOMINATE),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "mentoring/careers/reserve.html", context, partial="rows")


def _listed(request: HttpRequest) -> tuple[ReserveFilter, Any]:
    rows = Reserve.objects.visible_to(me(request)).listed().soonest()
    rows = rows.select_related("person__department", "step__from_position", "step__to_position", "listed_by")
    filterset = ReserveFilter(request.GET, rows)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "readiness")


@require_GET
@allowed(SEE_RESERVE)
def reserve_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all pages of it."""
    headings = [_("person"), _("employee number"), _("department"), _("from job"), _("to job"), _("track")]
    headings += [_("readiness"), _("note"), _("listed on"), _("listed by")]
    return csv_download("reserve-list", headings, _rows(_listed(request)[1]))


def _rows(rows: Any) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=2000):
        person, step = row.person, row.step
        yield [
            *(person.name, person.employee_number, str(person.department or ""), step.from_job, step.to_job),
            *(step.get_track_display(), row.get_readiness_display(), row.note, row.listed_on, str(row.listed_by or "")),
        ]


@require_GET
@allowed(SEE_RESERVE)
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds the job that the step leads from, those first who meet the most of it."""
    user = me(request)
    step = get_object_or_404(CareerStep.objects.in_use().whole(), pk=pk)
    people = User.objects.visible_to(user).employed(days.today()).filter(step.held_by()).exclude(pk=user.pk)
    filterset = PeopleFilter(request.GET, people.select_related("department"))
    listed = Reserve.objects.listed().filter(person=OuterRef("pk"), step=step)
    waiting = Nomination.objects.open().filter(person=OuterRef("pk"), step=step)
    compared = filterset.qs.annotate(is_listed=Exists(listed), is_nominated=Exists(waiting))
    found = measure(compared.order_by("hired_on", "pk")[:MOST_COMPARED], [step], at=clock.now())
    rows = [(person, standings[step.pk]) for person, standings in found]
    rows.sort(key=lambda row: (-row[1].met, -row[1].share, row[0].sort_key))
    context = {
        "step": step,
        "filterset": filterset,
        "page": paginate(request, rows),
        "target": "#candidates",
        "most": MOST_COMPARED if len(rows) == MOST_COMPARED else 0,
        "may_keep": user.may(KEEP_RESERVE),
        "may_nominate": user.may(NOMINATE),
    }
    return render_page(request, "mentoring/careers/candidates.html", context, partial="rows")


@require_http_methods(["GET", "POST"])
@allowed(KEEP_RESERVE)
def reserve_keep(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Put somebody on the list for a step, or change what it says."""
    user = me(request)
    person = get_object_or_404(User.objects.people().visible_to(user).exclude(pk=user.pk), pk=pk)
    step = get_object_or_404(CareerStep.objects.in_use().select_related("from_position", "to_position"), pk=step_pk)
    row = Reserve.objects.listed().filter(person=person, step=step).first()
    form = ReserveForm(posted(request), row=row)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(person, step, by=user, on=days.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is on the reserve list.") % {"name": person})
            return redirect("reserve")
    context = {"form": form, "person": person, "step": step, "row": row}
    return render(request, "mentoring/careers/reserve_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed(KEEP_RESERVE)
def reserve_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the list, with a reason for those who ask later."""
    rows = Reserve.objects.visible_to(me(request)).listed()
    row = get_object_or_404(rows.select_related("person", "step__from_position", "step__to_position"), pk=pk)
    form = TakeOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        form.save(row, at=clock.now())
        messages.success(request, _("%(name)s is no longer on the reserve list.") % {"name": row.person})
        return redirect("reserve")
    context = {"form": form, "row": row}
    return render(request, "mentoring/careers/reserve_remove.html", context, status=422 if form.errors else 200)
