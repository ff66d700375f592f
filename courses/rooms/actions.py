"""Add and change rooms, give them up."""

from datetime import datetime

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.rooms.models import Room
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@transaction.atomic
def save_room(  # noqa: PLR0913 - what a room consists of
    room: Room | None, *, name: str, building: str, seats: int | None, equipment: str, by: User, at: datetime
) -> Room:
    """A new room, or another one's facts; refuses fewer seats than sessions to come need, and a name twice."""
    found = Room.objects.select_for_update().get(pk=room.pk) if room else Room()
    found.name, found.building = name.strip(), building.strip()
    found.seats, found.equipment = seats, equipment.strip()
    if not found.name:
        raise Refused(_("Say what the room is called."), field="name", code="name_missing")
    if room:
        _check_seats(found, at)
    try:
        with transaction.atomic(), pghistory.context(user=by.pk):
            found.save()
    except IntegrityError as error:
        text = _("There is a room of this name in this building.")
        raise Refused(text, field="name", code="room_twice") from error
    return found


def _check_seats(room: Room, at: datetime) -> None:
    """Sessions to come fit into the room as it is to be."""
    if room.seats is None:
        return
    coming = room.sessions.standing().filter(starts_at__gt=at, join_url="").with_numbers().order_by("starts_at")
    for session in coming:
        wanted = max(session.capacity or 0, session.people)
        if wanted > room.seats:
            text = _("“%(title)s” needs %(n)s seats here.") % {"title": session, "n": wanted}
            raise Refused(text, field="seats", code="room_too_small")


@transaction.atomic
def retire_room(room: Room, *, by: User, at: datetime) -> Room:
    """Offer it no more; refused while sessions to come stand in it. A repeat changes nothing."""
    found = Room.objects.select_for_update().get(pk=room.pk)
    if found.retired_at:
        return found
    if coming := found.sessions.standing().filter(ends_at__gt=at).count():
        text = ngettext(
            "%(n)s session to come stands in this room: find another place for it first.",
            "%(n)s sessions to come stand in this room: find another place for them first.",
            coming,
        )
        raise Refused(text % {"n": coming}, code="room_in_use")
    found.retired_at = at
    with pghistory.context(user=by.pk):
        found.save(update_fields=["retired_at"])
    return found


@transaction.atomic
def bring_back_room(room: Room, *, by: User) -> Room:
    """Offer it again; a repeat changes nothing."""
    found = Room.objects.select_for_update().get(pk=room.pk)
    if found.retired_at:
        found.retired_at = None
        with pghistory.context(user=by.pk):
            found.save(update_fields=["retired_at"])
    return found
