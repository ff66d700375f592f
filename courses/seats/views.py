"""The trainee's pages: what to sign up for, one tap in and out, and the own sessions."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import VIEW_COURSES
from courses.seats.actions import give_up, sign_up
from courses.seats.filters import OpeningFilter
from courses.seats.forms import GiveUpForm
from courses.seats.mine import coming_for, past_places, runs_at, waits
from courses.seats.openings import for_the_list, offered, opening, openings, shown
from courses.sessions.models import Session, SessionPlace
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.core.paging import paginate, render_page
from trainingsite.people.access.doors import allowed, me

PER_PAGE = 20


@require_GET
@allowed(VIEW_COURSES)
def session_openings(request: HttpRequest) -> HttpResponse:
    """Sessions that the person may sign up for, the next first."""
    user, now = me(request), clock.now()
    found = openings(user, at=now).with_numbers()
    filterset = OpeningFilter(request.GET, queryset=found)
    page = paginate(request, for_the_list(filterset.qs, user).order_by("starts_at", "pk"), PER_PAGE)
    context = {"page": page, "rows": [shown(row, at=now) for row in page], "filterset": filterset}
    return render_page(request, "courses/seats/openings.html", context, partial="rows")


def _to_be_seen(request: HttpRequest) -> QuerySet[Session]:
    return Session.objects.visible_to(me(request))


@require_POST
@allowed(VIEW_COURSES)
def session_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: a seat, or a place in the waiting list."""
    found = get_object_or_404(_to_be_seen(request), pk=pk)
    try:
        place = sign_up(found, me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return _stands(request, found)
    messages.success(request, _said(found, place))
    return _stands(request, found, fresh=True)


def _said(session: Session, place: SessionPlace) -> str:
    if place.is_held:
        return _("You have a seat in “%(title)s”.") % {"title": session}
    return _("You wait for a seat in “%(title)s”; you are told as soon as one is free.") % {"title": session}


def _stands(request: HttpRequest, session: Session, *, fresh: bool = False) -> HttpResponse:
    """How the person stands to the session now: only that part when htmx asks."""
    if not getattr(request, "htmx", None):
        return redirect("session", session.pk)
    stand = opening(session, me(request), at=clock.now(), fresh=fresh)
    return render(request, "courses/seats/stand_answer.html", {"stand": stand})


@require_http_methods(["GET", "POST"])
@allowed(VIEW_COURSES)
def session_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first and take a reason; `undo` right after signing up needs neither."""
    found = get_object_or_404(_to_be_seen(request), pk=pk)
    if request.method == "POST" and "undo" in request.POST:
        return _undone(request, found)
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.save(found, me(request)):
        messages.success(request, _("Your place in “%(title)s” is given up.") % {"title": found})
        return redirect("my-sessions")
    stand = opening(found, me(request), at=clock.now())
    if stand.place is None and not form.is_bound:
        return redirect("session", pk)
    context = {"form": form, "session": found, "stand": stand}
    return render(request, "courses/seats/give_up.html", context, status=422 if form.errors else 200)


def _undone(request: HttpRequest, session: Session) -> HttpResponse:
    try:
        give_up(session, me(request), at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Undone: you are not signed up for “%(title)s”.") % {"title": session})
    return _stands(request, session)


@require_GET
@allowed(VIEW_COURSES)
def my_sessions(request: HttpRequest) -> HttpResponse:
    """What the person waits for, takes part in or gives, the next first; then what was."""
    user, now = me(request), clock.now()
    found = coming_for(user, at=now)
    context: dict[str, Any] = {
        "waits": [session for session in found if waits(session)],
        "running": [session for session in found if runs_at(session, now)],
        "coming": [session for session in found if not (waits(session) or runs_at(session, now))],
        "page": paginate(request, past_places(user, at=now)),
        "openings": offered(user, at=now),
        "now": now,
    }
    return render(request, "courses/seats/mine.html", context)
