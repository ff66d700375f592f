"""A mentor as the profile page shows him or her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.certification.standing import Goal, goal_of
from assessments.models import Certificate, CurrentLevel
from courses.models import Competency
from mentoring.availability.models import Away, Shift, Speech
from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.models import MentorProfile
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
    pairings: Sequence[Pairing]

    @property
    def level(self) -> str:
        """The kit's level of the state."""
        return LEVELS[self.state]

    @property
    def now(self) -> list[Pairing]:
        return [one for one in self.pairings if one.is_open]

    @property
    def before(self) -> list[Pairing]:
        return [one for one in self.pairings if not one.is_open]

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


def profile_of(person_pk: int, *, on: date) -> Profile | None:
    """The whole profile; None when the person is no mentor. Seven queries, six more while training is open."""
    rule = GuidanceRule.objects.current()
    rows = with_standing(MentorProfile.objects.filter(person=person_pk), on, rule)
    row = rows.select_related("person__department", "person__position", "person__availability").first()
    if row is None:
        return None
    state = state_of(row, on)
    return Profile(
        row=row,
        state=state,
        measured=measured_of(row),
        away=list(row.person.days_away.not_over(on)),
        certificate=_certificate(row.person, rule),
        training=training_of(row.person, rule, on=on),
        pairings=list(row.person.guided_pairings.select_related("mentee__department").order_by("-started_on", "-pk")),
    )


def measured_of(profile: MentorProfile) -> list[Measured]:
    """What the mentor guides in beside the levels that were measured; two queries and one for the levels there are."""
    declared = list(profile.guides_in.select_related("competency").prefetch_related("competency__levels"))
    levels = dict(
        CurrentLevel.objects.filter(
            person=profile.person_id, competency__in=[one.competency_id for one in declared]
        ).values_list("competency", "level")
    )
    return [
        Measured(one.competency, levels.get(one.competency_id), len(one.competency.levels.all())) for one in declared
    ]


def _certificate(person: User, rule: GuidanceRule) -> Certificate | None:
    """The last certificate that the rule asks for, valid or not."""
    if rule.certification_id is None:
        return None
    return person.certificates.filter(certification=rule.certification_id).order_by("-period").first()


def training_of(person: User, rule: GuidanceRule, *, on: date) -> Goal | None:
    """What is still to be learnt before the mentor holds, or renews, the certificate; None when nothing is open."""
    return goal_of(person, rule.certification, on) if rule.certification else None
