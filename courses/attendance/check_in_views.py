"""Checking in on the phone: by the link in the QR, or with the six digits typed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.acts import VIEW_COURSES
from courses.attendance.checking_in import check_in, open_to
from courses.attendance.forms import CheckInForm
from courses.sessions.models import Session
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.core.forms import posted
from trainingsite.people.access.doors import allowed, me

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
SEEN = "seen_code"
SEEN_FOR = timedelta(minutes=5)


def remembers_code(view: View[P]) -> View[P]:
    """Keep, in a signed cookie, when the code of the link was seen: who has to log in first may take a little longer.

    Whether the code is good is looked at only when it is used, where tries are counted.
    """

    @wraps(view)
    def remembering(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        code = request.GET.get("code", "")[:20]
        if request.method == "GET" and code and _seen(request, request.path, code) is None:
            value = f"{request.path} {code} {clock.now().isoformat()}"
            response.set_signed_cookie(
                SEEN, value, max_age=SEEN_FOR, httponly=True, samesite="Lax", secure=request.is_secure()
            )
        return response

    return cast("View[P]", remembering)


def _seen(request: HttpRequest, path: str, code: str) -> datetime | None:
    """When this link was opened on this device, if that is not long ago."""
    value = request.get_signed_cookie(SEEN, default="", max_age=SEEN_FOR) or ""
    known_path, _space, rest = value.partition(" ")
    known_code, _space, moment = rest.partition(" ")
    return datetime.fromisoformat(moment) if (known_path, known_code) == (path, code) else None


@require_http_methods(["GET", "POST"])
@allowed(VIEW_COURSES)
def check_in_typed(request: HttpRequest) -> HttpResponse:
    """The digits alone: which session it is, they say themselves."""
    at = clock.now()
    form = CheckInForm(posted(request))
    if form.is_valid() and (place := _checked_in(request, form, at)):
        return redirect("session-check-in", place)
    context = {"form": form, "sessions": list(open_to(me(request), at).select_related("room"))}
    return render(request, "courses/attendance/check_in.html", context, status=422 if form.errors else 200)


@remembers_code
@require_http_methods(["GET", "POST"])
@allowed(VIEW_COURSES)
def session_check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """One session; the code of the link is sent by itself, and what came of it is said."""
    found = get_object_or_404(Session.objects.select_related("room"), pk=pk)
    code = request.GET.get("code", "")[:20]
    form = CheckInForm(posted(request), initial={"code": code})
    at = _seen(request, request.path, request.POST.get("code", "")) or clock.now()
    if form.is_valid() and _checked_in(request, form, at, found):
        return redirect("session-check-in", pk)
    context = {
        "form": form,
        **_place(request, found),
        "by_itself": bool(code) and not form.is_bound,
        "now": clock.now(),
    }
    return render(request, "courses/attendance/check_in.html", context, status=422 if form.errors else 200)


def _checked_in(request: HttpRequest, form: CheckInForm, at: datetime, session: Session | None = None) -> int | None:
    """The session that the person is checked in to now; None when it was refused, and the form says why."""
    try:
        place = check_in(me(request), form.cleaned_data["code"], at=at, session=session)
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
    messages.success(request, _("You are checked in."))
    return place.session_id


def _place(request: HttpRequest, found: Session) -> dict[str, Any]:
    """The session and the person's place in it; who has none learns nothing of it."""
    place = found.places.filter(person=me(request), cancelled_at=None).first()
    return {"place": place, "session": found, "sessions": [found] if place else []}
