"""Which mentors suit a mentee, and why.

The score has 100 points: 45 for the share of the mentee's needs that the mentor is strong in, 25 for free places,
20 for closeness in the organisation, 10 for experience in the company.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Topic
from mentoring.matching.needs import Needs, needs_of
from mentoring.mentors.models import MentorProfile
from trainingsite.core.display import listed
from trainingsite.people.models import User

SKILLS, LOAD, CLOSENESS, SENIORITY = 45, 25, 20, 10
FARTHEST = 4
FULL_MONTHS = 24
DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Proposal:
    """A mentor with the score and what makes it; `reasons` says it in the reader's language."""

    profile: MentorProfile
    load: int
    strong_in: tuple[Topic, ...]
    distance: int
    months: int
    score: int

    @property
    def mentor(self) -> User:
        return self.profile.person

    @property
    def reasons(self) -> list[str]:
        return [*self._skill(), self._load(), *self._closeness(), *self._seniority()]

    def _skill(self) -> list[str]:
        names = listed(self.strong_in)
        return [_("Strong in: %(topics)s") % {"topics": names}] if names else []

    def _load(self) -> str:
        return _("guides %(load)s of %(capacity)s") % {"load": self.load, "capacity": self.profile.capacity}

    def _closeness(self) -> list[str]:
        department = self.mentor.department
        if department is None or self.distance > 1:
            return []
        words = _("same team: %(name)s") if self.distance == 0 else _("next team: %(name)s")
        return [words % {"name": department}]

    def _seniority(self) -> list[str]:
        words = ngettext("%(n)s month in the company", "%(n)s months in the company", self.months)
        return [words % {"n": self.months}] if self.months else []


def propose(mentee: User, *, on: date, count: int = 3) -> list[Proposal]:
    """The `count` best mentors with room, the best first; equal scores by load, then by name. At most four queries."""
    profiles = (
        MentorProfile.objects.active(on)
        .with_room()
        .exclude(person=mentee.pk)
        .select_related("person__department")
        .prefetch_related("topics")
    )
    needs = needs_of(mentee)
    proposals = [_rate(profile, mentee, needs, on) for profile in profiles]
    proposals.sort(key=lambda p: (-p.score, p.load, p.mentor.sort_key, p.mentor.pk))
    return proposals[:count]


def _rate(profile: MentorProfile, mentee: User, needs: Needs, on: date) -> Proposal:
    topics = list(profile.topics.all())
    strong = tuple(sorted((t for t in topics if t.pk in needs), key=lambda t: (-needs[t.pk], t.position, t.pk)))
    load: int = profile.load  # type: ignore[attr-defined]  # annotated by with_room
    distance = _distance(profile.person, mentee)
    months = _months(profile.person, on)
    covered = sum(needs[topic.pk] for topic in strong) / sum(needs.values()) if needs else 0
    score = (
        SKILLS * covered
        + LOAD * (profile.capacity - load) / profile.capacity
        + CLOSENESS * max(0, 1 - distance / FARTHEST)
        + SENIORITY * min(months, FULL_MONTHS) / FULL_MONTHS
    )
    return Proposal(profile, load, strong, distance, months, round(score))


def _distance(one: User, other: User) -> int:
    """Steps in the tree of departments from one person's to the other's; without a department the farthest."""
    if one.department is None or other.department is None:
        return FARTHEST
    ours, theirs = (person.department.path.strip("/").split("/") for person in (one, other) if person.department)
    common = 0
    for a, b in zip(ours, theirs, strict=False):
        if a != b:
            break
        common += 1
    return len(ours) + len(theirs) - 2 * common


def _months(person: User, on: date) -> int:
    return max(0, int((on - person.hired_on).days / DAYS_A_MONTH)) if person.hired_on else 0
