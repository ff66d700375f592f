"""The address of a person's own calendar: its page, and what calendar programs read there without a login."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from courses.acts import VIEW_COURSES
from courses.feeds.actions import find_feed, make_feed, read_feed, revoke_feed
from courses.feeds.limits import too_often
from courses.feeds.models import Feed
from courses.invitations.meetings import Meeting, file_of
from courses.sessions.models import Session
from courses.sessions.rights import may_join
from trainingsite.core import clock
from trainingsite.people.access.doors import allowed, me

HOUR, MINUTE = 3600, 60
FETCHES_AN_HOUR = 60
TRIES_A_MINUTE = 30
CALENDAR = "text/calendar; charset=utf-8"
MADE = "calendar-feed-made"  # where the session carries a new secret to the page that shows it


@require_GET
@allowed(VIEW_COURSES)
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Whether the person has an address for the own calendar, and what to do with it; a new one is shown this once."""
    kept = Feed.objects.filter(person=me(request), revoked_at=None).first()
    secret = request.session.pop(MADE, "") if kept else ""
    address = settings.BASE_URL + reverse("feed", args=[secret]) if secret else ""
    webcal = "webcal://" + address.split("://", 1)[-1] if secret else ""
    answer = render(request, "courses/feeds/page.html", {"feed": kept, "address": address, "webcal": webcal})
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
@allowed(VIEW_COURSES)
def calendar_feed_make(request: HttpRequest) -> HttpResponse:
    """A new address, which the page shows once. Whoever comes here by a link or a reload is led to the page."""
    if request.method == "POST":
        _feed, request.session[MADE] = make_feed(me(request), at=clock.now())
    return redirect("calendar-feed")


@require_http_methods(["GET", "POST"])
@allowed(VIEW_COURSES)
def calendar_feed_revoke(request: HttpRequest) -> HttpResponse:
    """The address leads nowhere from now on."""
    if request.method == "POST":
        request.session.pop(MADE, None)
        if revoke_feed(me(request), at=clock.now()):
            messages.success(request, _("The address leads nowhere any more."))
    return redirect("calendar-feed")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar of whoever made this address. What was taken back and what never was answer alike."""
    found = find_feed(secret)
    if found is None:
        over = too_often(f"feed-unknown:{_ip(request)}", most=TRIES_A_MINUTE, seconds=MINUTE)
        return _slowly(MINUTE) if over else _plain(_("No calendar is kept here."), 404)
    if too_often(f"feed:{found.pk}", most=FETCHES_AN_HOUR, seconds=HOUR):
        return _slowly(HOUR)
    read = read_feed(found, at=clock.now())
    answer = HttpResponse(read.content, content_type=CALENDAR)
    answer["Content-Disposition"] = 'inline; filename="kefu-academy.ics"'
    tag, changed = quote_etag(read.tag), int(read.changed_at.timestamp())
    answer["ETag"], answer["Last-Modified"] = tag, http_date(changed)
    answer["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=tag, last_modified=changed, response=answer) or answer


def _slowly(seconds: int) -> HttpResponse:
    answer = _plain(_("This is asked for too often; try again later."), 429)
    answer["Retry-After"] = str(seconds)
    return answer


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _ip(request: HttpRequest) -> str:
    """The address that the login's lock goes by."""
    (header,) = settings.AXES_IPWARE_META_PRECEDENCE_ORDER
    return str(request.META.get(header, ""))


@require_GET
@allowed(VIEW_COURSES)
def session_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One session as a file, for a calendar that follows no address; whoever does not come finds no link to join."""
    found = get_object_or_404(Session.objects.visible_to(me(request)).select_related("room"), pk=pk)
    meeting = Meeting.of(found, joins=may_join(found, me(request)))
    content = file_of(meeting, me(request).time_zone, stamp=found.modified_at)
    answer = HttpResponse(content, content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="session-{found.pk}.ics"'
    return answer
