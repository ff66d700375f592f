"""Pages of rooms: all of them and how full they are, one with what stands in it, adding and changing one."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.acts import PLAN, VIEW_PLANS
from courses.rooms.actions import bring_back_room, retire_room
from courses.rooms.filters import RoomFilter
from courses.rooms.forms import RoomForm
from courses.rooms.models import Room
from trainingsite.core import clock, given
from trainingsite.core.errors import Refused
from trainingsite.core.exports import csv_download
from trainingsite.core.forms import posted
from trainingsite.core.paging import paginate, render_page, sorted_by
from trainingsite.people.access.doors import allowed, me

COLUMNS = {"name": "name", "building": "building", "seats": "seats", "hours": "booked"}
WORKING_HOURS = 40  # of a week, in which a room can be full
WEEK = timedelta(days=7)


def _week(request: HttpRequest) -> date:
    """The Monday of the week of `?week=`, else of this week."""
    day = given.day(request.GET.get("week", "")) or clock.today()
    return day - timedelta(days=day.weekday())


def _listed(request: HttpRequest) -> tuple[RoomFilter, QuerySet[Room]]:
    monday = _week(request)
    every = Room.objects.with_hours(monday, monday + WEEK - timedelta(days=1))
    filterset = RoomFilter(request.GET, queryset=every)
    return filterset, sorted_by(request, filterset.qs, COLUMNS, "name")


@require_GET
@allowed(VIEW_PLANS)
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms, and how full each is in a week."""
    filterset, found = _listed(request)
    page, monday = paginate(request, found), _week(request)
    context = {"filterset": filterset, "page": page, "sort": "name", "can_plan": me(request).may(PLAN)}
    context |= {"rows": [(room, *_use(room)) for room in page], "monday": monday, "sunday": monday + timedelta(days=6)}
    context |= {"earlier": monday - WEEK, "later": monday + WEEK}
    return render_page(request, "courses/rooms/list.html", context, partial="rows")


def _use(room: Room) -> tuple[int, int]:
    """Minutes booked, and how many percent of a working week that is."""
    minutes = int(room.booked.total_seconds() // 60) if room.booked else 0
    return minutes, round(minutes * 100 / (WORKING_HOURS * 60))


@require_GET
@allowed(VIEW_PLANS)
def rooms_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV."""
    _filterset, found = _listed(request)
    headings = [_("Name"), _("Building"), pgettext("room", "Seats"), _("Equipment"), _("Sessions"), _("Minutes")]
    headings += [_("Used (%)"), _("Week of"), _("Given up on")]
    return csv_download("rooms", headings, (_cells(room, _week(request)) for room in found))


def _cells(room: Room, monday: date) -> list[Any]:
    given_up = timezone.localdate(room.retired_at).isoformat() if room.retired_at else ""
    about = [room.name, room.building, room.seats or "", room.equipment, room.held]
    return [*about, *_use(room), monday.isoformat(), given_up]


@require_GET
@allowed(VIEW_PLANS)
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """One room, with what stands in it."""
    found, now = get_object_or_404(Room, pk=pk), clock.now()
    coming = found.sessions.standing().filter(ends_at__gt=now).with_where_and_who().with_numbers()
    page = paginate(request, coming.order_by("starts_at", "pk"))
    context = {"room": found, "page": page, "now": now, "can_plan": me(request).may(PLAN)}
    return render(request, "courses/rooms/detail.html", context)


@require_http_methods(["GET", "POST"])
@allowed(PLAN)
def room_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a room or change one."""
    found = get_object_or_404(Room, pk=pk) if pk else None
    form = RoomForm(posted(request), room=found)
    if form.is_valid() and (saved := form.save(by=me(request))):
        messages.success(request, _("“%(room)s” is saved.") % {"room": saved})
        return redirect("room", saved.pk)
    status = 422 if form.errors else 200
    return render(request, "courses/rooms/form.html", {"form": form, "room": found}, status=status)


@require_POST
@allowed(PLAN)
def room_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the room up, or with `back` offer it again."""
    found = get_object_or_404(Room, pk=pk)
    try:
        if "back" in request.POST:
            bring_back_room(found, by=me(request))
            messages.success(request, _("“%(room)s” can be planned again.") % {"room": found})
        else:
            retire_room(found, by=me(request), at=clock.now())
            messages.success(request, _("“%(room)s” is offered no more; past sessions keep it.") % {"room": found})
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("room", pk)
