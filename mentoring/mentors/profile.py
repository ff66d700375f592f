"""A mentor as the profile page shows him or her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from assessments.certification.evidence import may_earn
from assessments.certification.standing import Goal, goal_of
from assessments.models import Certificate, CurrentLevel
from courses.models import Competency
from mentoring.availability.models import Away, Shift, Speech
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorCompetency, MentorProfile, MentorProfileQuerySet
from mentoring.mentors.states import LEVELS, MentorState, state_of, with_standing
from mentoring.pairings.models import Pairing
from trainingsite.people.models import User


@dataclass(frozen=True)
class Measured:
    """What HR says the mentor guides in, and the level that was measured."""

    competency: Competency
    level: int | None
    highest: int


@dataclass(frozen=True)
class Profile:
    """A mentor with everything the page shows."""

    row: MentorProfile
    state: MentorState
    measured: Sequence[Measured]
    away: Sequence[Away]
    certificate: Certificate | None
    training: Goal | None
    pairings: QuerySet[Pairing]

    @property
    def level(self) -> str:
        """The kit's level of the state."""
        return LEVELS[self.state]

    @property
    def now(self) -> QuerySet[Pairing]:
        return self.pairings.filter(ended_on=None)

    @property
    def before(self) -> QuerySet[Pairing]:
        return self.pairings.filter(ended_on__isnull=False)

    @property
    def shifts(self) -> list[str]:
        return words_of(self.row.person, "shifts")

    @property
    def languages(self) -> list[str]:
        return words_of(self.row.person, "languages")


def words_of(person: User, field: str) -> list[str]:
    """The person's shifts or languages in words; [] when nothing is known."""
    known = getattr(person, "availability", None)
    choices = Shift if field == "shifts" else Speech
    return [str(choices(value).label) for value in getattr(known, field)] if known else []


def profile_of(profiles: MentorProfileQuerySet, *, on: date) -> Profile | None:
    """The whole profile of the one that there is; None without one.

    Eight queries with its pairings, six more while training is open.
    """
    rule = GuidanceRule.objects.current()
    rows = with_standing(profiles, on, rule)
    row = rows.select_related("person__department", "person__position", "person__availability").first()
    if row is None:
        return None
    state, certificate = state_of(row, on), _certificate(row.person, rule)
    return Profile(
        row=row,
        state=state,
        measured=measured_of(row),
        away=list(row.person.days_away.not_over(on)),
        certificate=certificate,
        training=training_of(row.person, rule, on=on) if may_earn(certificate, on) else None,
        pairings=row.person.guided_pairings.select_related("mentee__department").order_by("-started_on", "-pk"),
    )


def measured_of(profile: MentorProfile) -> list[Measured]:
    """What the mentor guides in beside the levels that were measured; one query."""
    mine = CurrentLevel.objects.filter(person=profile.person_id, competency=OuterRef("competency"))
    declared: Any = profile.guides_in.select_related("competency").annotate(
        level=Subquery(mine.values("level")[:1]), highest=Count("competency__levels")
    )
    in_order = declared.order_by(*(MentorCompetency._meta.ordering or ()))  # counting takes the usual order away
    return [Measured(one.competency, one.level, one.highest) for one in in_order]


def _certificate(person: User, rule: GuidanceRule) -> Certificate | None:
    """The last certificate that the rule asks for, valid or not."""
    if rule.certification_id is None:
        return None
    return person.certificates.filter(certification=rule.certification_id).order_by("-period").first()


def training_of(person: User, rule: GuidanceRule, *, on: date) -> Goal | None:
    """What is still to be learnt before the mentor holds, or renews, the certificate; None when nothing is open."""
    return goal_of(person, rule.certification, on) if rule.certification else None
