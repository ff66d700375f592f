"""What sessions there are: the list, the page of one; who gets places in it."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from courses.acts import PLAN, VIEW_COURSES, VIEW_SESSIONS
from courses.sessions.actions import place, take_out
from courses.sessions.clashes import Clashing
from courses.sessions.filters import SessionFilter
from courses.sessions.models import Session, Teaching
from courses.sessions.panels_of import files_of, panels_of
from courses.sessions.rights import gives
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

COLUMNS = {
    "starts": "starts_at",
    "title": "title",
    "room": "room__name",
    "people": "people",
    "instructor": "lead",
}
FOUND = 8


def _listed(request: HttpRequest) -> tuple[SessionFilter, QuerySet[Session]]:
    every = (
        Session.objects.visible_to(me(request)).select_related("topic", "course").with_where_and_who().with_numbers()
    )
    first = Teaching.objects.filter(session=OuterRef("pk")).order_by("pk")
    name = Coalesce("instructor__person__sort_key", "instructor__name")
    every = every.with_numbers().annotate(lead=Subquery(first.values_list(name)[:1]))
    filterset = SessionFilter(request.GET, queryset=every)
    default = "-starts" if request.GET.get("state") == "past" else "starts"
    return filterset, sorted_by(request, filterset.qs, COLUMNS, default)


@require_GET
@allowed(VIEW_SESSIONS)
def sessions(request: HttpRequest) -> HttpResponse:
    filterset, found = _listed(request)
    context = {"page": paginate(request, found), "filterset": filterset, "now": clock.now(), "sort": "starts"}
    context["can_plan"] = me(request).may(PLAN)
    return render_page(request, "courses/sessions/list.html", context, partial="rows")


@require_GET
@allowed(VIEW_SESSIONS)
def sessions_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV."""
    _filterset, found = _listed(request)
    headings = [_("Title"), pgettext("session", "Starts"), _("Minutes"), _("Room"), _("Link to join"), _("Instructor")]
    headings += [_("Topic"), _("Course"), pgettext("how many", "People"), _("Attended"), _("Cancelled because")]
    return csv_download("sessions", headings, (_cells(row) for row in found.iterator(chunk_size=2000)))


def _cells(row: Session) -> list[Any]:
    begin = timezone.localtime(row.starts_at).strftime("%Y-%m-%d %H:%M")
    about = [row.topic or "", row.course or "", row.people, row.attended, row.cancelled_reason]
    return [row.title, begin, row.minutes, str(row.room or ""), row.join_url, row.instructor_names, *map(_text, about)]


def _text(value: Any) -> Any:
    return value if isinstance(value, int) else str(value)


@require_GET
@allowed(VIEW_COURSES)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: the state for whoever looks, then the parts that the rooms have plugged in."""
    user = me(request)
    every = Session.objects.visible_to(user).with_where_and_who().select_related("topic", "course", "series")
    found = get_object_or_404(every, pk=pk)
    panels = panels_of(found, user)
    context = {"session": found, "panels": panels, **files_of(panels), **_state(found, user)}
    return render(request, "courses/sessions/detail.html", context)


def _state(found: Session, user: User) -> dict[str, Any]:
    """What the head of the page says."""
    now = clock.now()
    return {
        "mine": found.places.filter(person=user, cancelled_at=None).first(),
        "gives": gives(found, user),
        "begun": found.starts_at <= now,
        "over": found.ends_at <= now,
        "sees": user.may(VIEW_SESSIONS),
        "can_plan": user.may(PLAN),
        "now": now,
    }


@require_POST
@allowed(PLAN)
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the `people` places, or with `out` take one away."""
    found = get_object_or_404(Session, pk=pk)
    sent = request.POST.getlist("out") or request.POST.getlist("people")
    people = User.objects.employed(clock.today()).filter(pk__in=[pk for pk in sent if pk.isdecimal()])
    ids = list(people.values_list("pk", flat=True))
    try:
        said = _change_places(request, found, ids)
    except Clashing as clashing:
        if any(clash.hard for clash in clashing.clashes):
            messages.error(request, str(clashing.message))
        else:
            return render(request, "courses/sessions/anyway.html", _asked(found, ids, clashing), status=422)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, said)
    return redirect("session", pk)


def _change_places(request: HttpRequest, found: Session, ids: list[int]) -> str:
    by, at = me(request), clock.now()
    if "out" in request.POST:
        number = take_out(found, ids, by=by, at=at)
        return ngettext("%(n)s place taken away.", "%(n)s places taken away.", number) % {"n": number}
    number = place(found, ids, by=by, at=at, anyway="anyway" in request.POST)
    return ngettext("%(n)s place given.", "%(n)s places given.", number) % {"n": number}


def _asked(found: Session, ids: list[int], clashing: Clashing) -> dict[str, Any]:
    return {"session": found, "people": ids, "clashes": clashing.clashes}


@require_GET
@allowed(PLAN)
def people_search(request: HttpRequest) -> HttpResponse:
    """People whose name, pinyin or number begins with what is typed, to be chosen."""
    text = request.GET.get("who", "").strip()
    people = User.objects.employed(clock.today()).called(text).select_related("department", "position")
    found = list(people.by_name()[:FOUND]) if text else []
    return render(request, "courses/sessions/_found.html", {"found": found, "text": text})
