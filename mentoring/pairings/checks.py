"""Why a mentor and a mentee are not paired: the one home of this, for acts, for pages and for matching."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentoring.availability.reading import is_away
from mentoring.guidance.certificates import holds
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.managers import leaders_of
from mentoring.wishes.models import KeepApart
from trainingsite.people.models import User


class PairingProblem(StrEnum):
    """Everything that can stand between two people; the codes of refusals."""

    OWN_MENTOR = "own_mentor"
    MENTEE_NOT_EMPLOYED = "mentee_not_employed"
    NOT_A_MENTOR = "not_a_mentor"
    HAS_MENTOR = "has_mentor"
    OVERLAPS = "overlaps"
    FULL = "mentor_full"
    LINE_MANAGER = "line_manager"
    KEPT_APART = "kept_apart"
    NO_CERTIFICATE = "no_certificate"
    AWAY = "mentor_away"


WORDS = {
    PairingProblem.OWN_MENTOR: _("Nobody is the own mentor."),
    PairingProblem.MENTEE_NOT_EMPLOYED: _("%(mentee)s does not work here."),
    PairingProblem.NOT_A_MENTOR: _("%(mentor)s takes no mentees."),
    PairingProblem.HAS_MENTOR: _("%(mentee)s has a mentor already: %(other)s."),
    PairingProblem.OVERLAPS: _("It would overlap an earlier pairing of %(mentee)s."),
    PairingProblem.FULL: _("%(mentor)s already guides %(capacity)s people, the most agreed."),
    PairingProblem.LINE_MANAGER: _("%(mentor)s leads %(mentee)s; a mentor is somebody else than the line manager."),
    PairingProblem.KEPT_APART: _("%(mentor)s and %(mentee)s are kept apart, as relatives are for example."),
    PairingProblem.NO_CERTIFICATE: _("%(mentor)s holds no valid certificate “%(certification)s”, which mentors need."),
    PairingProblem.AWAY: _("%(mentor)s is away on this day."),
}


@dataclass(frozen=True)
class Objection:
    """One thing that stands between the two: its code, and the same in words."""

    code: PairingProblem
    text: str


def why_not(mentor: User, mentee: User, *, on: date) -> Objection | None:
    """The first thing that speaks against pairing the two on the day, or nothing; at most nine queries."""
    for check in (_people, _time, _place, _relation, _readiness):
        for problem, facts in check(mentor, mentee, on):
            return Objection(problem, words(problem, mentor=mentor, mentee=mentee, **facts))
    return None


def words(problem: PairingProblem, **facts: Any) -> str:
    """The problem as a sentence; `facts` are the mentor, the mentee and what else the sentence names."""
    return str(WORDS[problem]) % facts


Problems = Iterator[tuple[PairingProblem, dict[str, Any]]]


def _people(mentor: User, mentee: User, on: date) -> Problems:
    if mentor.pk == mentee.pk:
        yield PairingProblem.OWN_MENTOR, {}
    if not User.objects.employed(on).filter(pk=mentee.pk).exists():
        yield PairingProblem.MENTEE_NOT_EMPLOYED, {}


def _place(mentor: User, _mentee: User, on: date) -> Problems:
    profile = MentorProfile.objects.active(on).with_load().filter(person=mentor).first()
    if profile is None:
        yield PairingProblem.NOT_A_MENTOR, {}
    elif profile.load >= profile.capacity:  # type: ignore[attr-defined]  # annotated by with_load
        yield PairingProblem.FULL, {"capacity": profile.capacity}


def _time(_mentor: User, mentee: User, on: date) -> Problems:
    begun = Q(ended_on__gt=on) & ~Q(ended_on=F("started_on"))  # what was called off took no day
    for pairing in mentee.pairings.filter(Q(ended_on=None) | begun).select_related("mentor"):
        if pairing.is_open:
            yield PairingProblem.HAS_MENTOR, {"other": pairing.mentor}
        else:
            yield PairingProblem.OVERLAPS, {}


def _relation(mentor: User, mentee: User, _on: date) -> Problems:
    if (mentee.pk, mentor.pk) in leaders_of([mentee.pk]):
        yield PairingProblem.LINE_MANAGER, {}
    one, other = sorted((mentor.pk, mentee.pk))
    if KeepApart.objects.filter(one=one, other=other).exists():
        yield PairingProblem.KEPT_APART, {}


def _readiness(mentor: User, _mentee: User, on: date) -> Problems:
    rule = GuidanceRule.objects.current()
    if rule.certification and not _holds(mentor, rule, on):
        yield PairingProblem.NO_CERTIFICATE, {"certification": rule.certification}
    if is_away(mentor.pk, on=on):
        yield PairingProblem.AWAY, {}


def _holds(mentor: User, rule: GuidanceRule, on: date) -> bool:
    return bool(User.objects.filter(holds("pk", on=on, rule=rule), pk=mentor.pk).exists())
