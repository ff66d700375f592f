"""What sessions there are: the list, the page of one, the person's own; its roster."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from courses.acts import PLAN, RUN_SESSIONS, VIEW_COURSES, VIEW_SESSIONS
from courses.sessions.actions import place, record_attendance, take_out
from courses.sessions.clashes import Clashing
from courses.sessions.filters import SessionFilter
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me
from trainingsite.people.models import User

COLUMNS = {
    "starts": "starts_at",
    "title": "title",
    "room": "room",
    "people": "people",
    "instructor": "instructor__name",
}
FOUND = 8
PER_PAGE = 50


def _listed(request: HttpRequest) -> tuple[SessionFilter, QuerySet[Session]]:
    every = Session.objects.visible_to(me(request)).select_related("topic", "course", "instructor").with_numbers()
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
    return [row.title, begin, row.minutes, row.room, row.join_url, row.instructor or "", *map(_text, about)]


def _text(value: Any) -> Any:
    return value if isinstance(value, int) else str(value)


@require_GET
@allowed(VIEW_COURSES)
def my_sessions(request: HttpRequest) -> HttpResponse:
    """What the person takes part in or gives: what comes, the next first; then what was."""
    now = clock.now()
    mine = Session.objects.filter(
        Q(instructor=me(request)) | Q(places__person=me(request), places__cancelled_at=None)
    ).distinct()
    coming = mine.filter(ends_at__gt=now).select_related("instructor", "course").order_by("starts_at", "pk")
    places = me(request).session_places.filter(cancelled_at=None, session__ends_at__lte=now, session__cancelled_at=None)
    page = paginate(request, places.select_related("session", "session__course").order_by("-session__starts_at"))
    context = {"coming": coming[:PER_PAGE], "page": page, "now": now}
    return render(request, "courses/sessions/mine.html", context)


@require_GET
@allowed(VIEW_COURSES)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session; who plans or gives it sees the roster."""
    every = Session.objects.visible_to(me(request)).select_related("topic", "course", "instructor", "planned_by")
    found = get_object_or_404(every, pk=pk)
    return render(request, "courses/sessions/detail.html", _detail(request, found))


def _detail(request: HttpRequest, found: Session) -> dict[str, Any]:
    user, now = me(request), clock.now()
    runs = user.may(PLAN) or found.instructor_id == user.pk
    sees = runs or user.may(VIEW_SESSIONS)
    places = found.places.filter(cancelled_at=None).visible_to(user) if not runs else found.places
    rows = places.filter(cancelled_at=None).select_related("person", "person__department").order_by("person__sort_key")
    people = list(rows) if sees else []
    return {
        "session": found,
        "places": people,
        "attended": sum(1 for row in people if row.attended_at),
        "mine": found.places.filter(person=user, cancelled_at=None).first(),
        "begun": found.starts_at <= now,
        "over": found.ends_at <= now,
        "today_or_past": timezone.localdate(found.starts_at) <= timezone.localdate(now),
        "runs": runs,
        "sees": sees,
        "can_plan": user.may(PLAN),
    }


@require_POST
@allowed(RUN_SESSIONS)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticks of the roster: who was there."""
    found = get_object_or_404(_run_by(me(request)), pk=pk)
    here = [int(pk) for pk in request.POST.getlist("present") if pk.isdecimal()]
    try:
        number = record_attendance(found, here, by=me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(
            request, ngettext("%(n)s person was there.", "%(n)s people were there.", number) % {"n": number}
        )
    return redirect("session", pk)


def _run_by(user: User) -> QuerySet[Session]:
    """The sessions whose roster the person keeps: the own ones, a planner's are all."""
    return Session.objects.all() if user.may(PLAN) else Session.objects.filter(instructor=user)


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
