"""Pair a mentor with a newcomer, and end it."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from courses.programmes.settling import settle_people
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.hooks import ended
from mentoring.pairings.models import EndReason, Pairing
from mentoring.pairings.rules import check_due
from trainingsite.core.errors import Refused
from trainingsite.notices.actions import Message, notify
from trainingsite.people.models import User

FIRST_CHECKIN_AFTER = timedelta(days=7)


@transaction.atomic
def pair(
    mentor: User, mentee: User, *, on: date, goal: str = "", first_checkin_on: date | None = None, tell: bool = True
) -> Pairing:
    """Let `mentor` guide `mentee` from `on`; a repeat returns the open pairing of the two.

    The mentor's profile and the mentee are locked, so that neither capacity nor "one mentor" can be passed by a race.
    """
    profile = MentorProfile.objects.select_for_update(of=("self",)).filter(person=mentor).first()
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=mentee.pk)
    if (found := mentee.pairings.open().select_related("mentor").first()) is not None:
        if found.mentor_id == mentor.pk:
            return found
        _refuse(
            _("%(name)s has a mentor already: %(mentor)s.") % {"name": mentee, "mentor": found.mentor}, "has_mentor"
        )
    _check_mentor(mentor, mentee, profile, on)
    first = first_checkin_on or on + FIRST_CHECKIN_AFTER
    check_due(first, on=on, field="first_checkin_on")
    pairing = Pairing.objects.create(mentor=mentor, mentee=mentee, goal=goal, started_on=on)
    pairing.checkins.create(due_on=first)
    settle_people([mentee.pk], "pairing", at=_noon(on))
    if tell:
        _tell(pairing, "pairing_started")
    return pairing


def _noon(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(12)))


def _check_mentor(mentor: User, mentee: User, profile: MentorProfile | None, on: date) -> None:
    names = {"mentor": mentor, "mentee": mentee}
    if mentor.pk == mentee.pk:
        _refuse(_("Nobody is the own mentor."), "own_mentor")
    if not User.objects.employed(on).filter(pk=mentee.pk).exists():
        _refuse(_("%(mentee)s does not work here.") % names, "mentee_not_employed")
    if profile is None or not MentorProfile.objects.active(on).filter(pk=profile.pk).exists():
        _refuse(_("%(mentor)s takes no mentees.") % names, "not_a_mentor")
    elif mentor.guided_pairings.open().count() >= profile.capacity:
        facts = {**names, "capacity": profile.capacity}
        _refuse(_("%(mentor)s already guides %(capacity)s people, the most agreed.") % facts, "mentor_full")


def _refuse(message: str, code: str) -> None:
    raise Refused(message, field="mentor", code=code)


@transaction.atomic
def end_pairing(pairing: Pairing, *, reason: EndReason, on: date, note: str = "", tell: bool = True) -> Pairing:
    """End the pairing; a planned check-in falls away. A repeat changes nothing."""
    pairing = Pairing.objects.select_for_update(of=("self",)).select_related("mentor", "mentee").get(pk=pairing.pk)
    if not pairing.is_open:
        return pairing
    if on < pairing.started_on:
        raise Refused(_("It cannot end before it began."), field="ended_on", code="ends_before_start")
    pairing.ended_on, pairing.end_reason, pairing.end_note = on, reason, note
    pairing.save(update_fields=["ended_on", "end_reason", "end_note"])
    pairing.checkins.planned().delete()
    ended(pairing, _noon(on))
    if tell:
        _tell(pairing, "pairing_ended")
    return pairing


def _tell(pairing: Pairing, kind: str) -> None:
    """Tell both, each about the other."""
    both = [(pairing.mentor, pairing.mentee, "mentor", reverse("pairing", args=[pairing.pk]))]
    both += [(pairing.mentee, pairing.mentor, "mentee", reverse("my-mentor"))]
    notify(
        Message(person.pk, kind, f"{kind}:{pairing.pk}", {"other": other.name, "as": part, "goal": pairing.goal}, url)
        for person, other, part, url in both
    )
