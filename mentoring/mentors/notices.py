"""What mentors and HR are told of who guides, and of the certificate that it takes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import Certificate
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorProfile
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

ADDED, LAPSING = "mentor_added", "mentor_certificate_lapsing"


def tell_added(profile: MentorProfile, *, on: date) -> None:
    """Tell a new mentor, and which certificate is still missing for the first mentee."""
    rule = GuidanceRule.objects.current()
    mine = MentorProfile.objects.filter(pk=profile.pk)
    title = rule.certification.title if rule.certification and not mine.certified(on, rule).exists() else ""
    facts = {"capacity": profile.capacity, "certificate": title}
    notify([Message(profile.person_id, ADDED, f"mentor:{profile.pk}", facts, reverse("my-mentoring-profile"))])


def tell_lapsing(certificates: Iterable[Certificate], hr: Iterable[int]) -> int:
    """Tell the mentors, and HR, once a certificate; returns the number of new notices."""
    staff = list(hr)
    return notify(message for one in certificates for message in _lapsing_messages(one, staff))


def _lapsing_messages(one: Certificate, staff: Iterable[int]) -> Iterable[Message]:
    facts = {"title": one.title, "name": one.person.name, "until": one.expires_on and one.expires_on.isoformat()}
    key = f"{LAPSING}:{one.pk}"
    yield Message(one.person_id, LAPSING, key, {**facts, "own": True}, reverse("my-mentoring-profile"))
    url = reverse("mentor", args=[one.person_id])
    for person in staff:
        if person != one.person_id:
            yield Message(person, LAPSING, key, {**facts, "own": False}, url)


def _added(facts: dict[str, Any]) -> str:
    return _("You are a mentor now, for up to %(capacity)s people at a time") % facts


def _needed(facts: dict[str, Any]) -> str:
    if not facts["certificate"]:
        return _("Say when you work and which languages you speak, so that the right newcomers come to you.")
    return _("Before your first mentee you need the certificate “%(certificate)s”. Your page has its courses.") % facts


def _lapsing(facts: dict[str, Any]) -> str:
    day = {**facts, "day": date_format(date.fromisoformat(facts["until"]), "DATE_FORMAT")}
    if facts["own"]:
        return _("Your certificate “%(title)s” is valid until %(day)s") % day
    return _("The certificate “%(title)s” of the mentor %(name)s is valid until %(day)s") % day


def _afterwards(facts: dict[str, Any]) -> str:
    if facts["own"]:
        return _("Renew it in time: afterwards you get no new mentees.")
    return _("Afterwards no new mentees can be given to this mentor.")


KINDS.register(ADDED, Kind(_added, "user-star", _needed))
KINDS.register(LAPSING, Kind(_lapsing, "certificate", _afterwards))
