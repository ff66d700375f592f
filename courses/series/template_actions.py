"""Plan from a template, keep a session as one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Unpack
from uuid import UUID

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from courses.instructors.models import Instructor
from courses.series.models import SessionTemplate
from courses.sessions.actions import schedule
from courses.sessions.checks import About
from courses.sessions.models import Session
from courses.sessions.teaching import given_by
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

SAID = ("kind", "course", "topic", "agenda", "room", "join_url", "entry", "capacity", "minimum", "feedback")


def from_template(  # noqa: PLR0913 - what a template leaves open
    template: SessionTemplate,
    starts_at: datetime,
    *,
    by: User | None,
    at: datetime,
    title: str = "",
    minutes: int | None = None,
    instructors: Iterable[Instructor] | None = None,
    people_ids: Iterable[int] = (),
    anyway: bool = False,
    token: UUID | None = None,
    **about: Unpack[About],
) -> Session:
    """Plan a session as the template says, save what is said otherwise; refused as `schedule` refuses.

    Whoever of the template's instructors teaches no longer is left out.
    """
    if template.retired_at:
        raise Refused(_("This template is no longer in use."), field="template", code="template_retired")
    said: About = {**said_by(template), **about}
    return schedule(
        title=title or template.title,
        starts_at=starts_at,
        minutes=minutes or template.minutes,
        instructors=instructors_of(template) if instructors is None else instructors,
        people_ids=people_ids,
        by=by,
        at=at,
        anyway=anyway,
        token=token,
        **said,
    )


def said_by(template: SessionTemplate) -> About:
    """What a template says of its sessions."""
    said: About = {name: getattr(template, name) for name in SAID}  # type: ignore[assignment]  # names are About's
    if template.room and template.room.retired_at:
        said["room"] = None
    return said


def instructors_of(template: SessionTemplate) -> list[Instructor]:
    """Those of its instructors who can still be asked."""
    return list(template.instructors.in_use().by_name())


@transaction.atomic
def keep_as_template(session: Session, *, title: str, by: User) -> SessionTemplate:
    """A template that says what the session says; changing one does not change the other."""
    said = {name: getattr(session, name) for name in SAID}
    with pghistory.context(user=by.pk):
        template = SessionTemplate.objects.create(title=title.strip(), minutes=session.minutes, **said)
        template.instructors.set(given_by(session))
    return template


@transaction.atomic
def save_template(
    template: SessionTemplate | None, *, instructors: Iterable[Instructor], by: User, **said: object
) -> SessionTemplate:
    """A new template, or what another one says from now on; refused at the field that does not fit."""
    found = SessionTemplate.objects.select_for_update().get(pk=template.pk) if template else SessionTemplate()
    for name, value in said.items():
        setattr(found, name, value)
    found.title = found.title.strip()
    _check(found)
    with pghistory.context(user=by.pk):
        found.save()
        found.instructors.set(instructors)
    return found


def _check(template: SessionTemplate) -> None:
    if not template.title:
        raise Refused(_("Say what it is about."), field="title", code="title_missing")
    if template.capacity and template.minimum and template.minimum > template.capacity:
        text = _("The minimum number is greater than the number of seats.")
        raise Refused(text, field="minimum", code="minimum_too_great")
    seats = template.room.seats if template.room and not template.join_url else None
    if seats and template.capacity and template.capacity > seats:
        text = _("%(room)s has fewer seats: %(n)s.") % {"room": template.room, "n": seats}
        raise Refused(text, field="capacity", code="room_too_small")


@transaction.atomic
def bring_back_template(template: SessionTemplate, *, by: User) -> None:
    """Offer it again; a repeat changes nothing."""
    with pghistory.context(user=by.pk):
        SessionTemplate.objects.filter(pk=template.pk).update(retired_at=None)


@transaction.atomic
def retire_template(template: SessionTemplate, *, by: User, at: datetime) -> None:
    """Offer it no more; what was planned from it stays. A repeat changes nothing."""
    with pghistory.context(user=by.pk):
        SessionTemplate.objects.filter(pk=template.pk, retired_at=None).update(retired_at=at)
