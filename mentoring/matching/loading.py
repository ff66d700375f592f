"""All that matching has to know of people, loaded for hundreds of them in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from assessments.models import Certificate, CurrentLevel
from assessments.profiles.fitting import Gap, fit, wanted_by
from mentoring.availability.models import Availability, Away
from mentoring.guidance.models import GuidanceRule
from mentoring.matching.gone import without_guidance
from mentoring.mentors.models import MentorCompetency, MentorProfile
from mentoring.pairings.managers import leaders_of
from mentoring.pairings.models import Pairing
from mentoring.wishes.reading import kept_apart, wishes_of
from trainingsite.people.models import User

Levels = dict[int, dict[int, int]]  # person → competency → level


class Person(NamedTuple):
    """Where somebody works; `path` is the department's, "" without one."""

    pk: int
    department: int | None
    path: str
    hired_on: date | None
    is_employed: bool


class Guide(NamedTuple):
    """A mentor's profile on the day; there is none for those who take no mentees."""

    load: int
    capacity: int
    rating: float | None
    rated: int


class Times(NamedTuple):
    """Usual shifts and languages; empty is unknown."""

    shifts: frozenset[str]
    languages: frozenset[str]


UNKNOWN = Times(frozenset(), frozenset())


@dataclass(frozen=True)
class Known:
    """What is known of mentees and mentors, each in the order asked for."""

    on: date
    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    people: dict[int, Person]
    guides: dict[int, Guide]
    times: dict[int, Times]
    leaders: set[tuple[int, int]]
    apart: set[frozenset[int]]
    away: set[int]
    certified: set[int] | None  # None: no certificate is asked for
    guided: set[int]  # mentees whom somebody guides, but not those whose mentor is gone
    overlapping: set[int]  # mentees whose last pairing ends after the day
    past: set[tuple[int, int]]  # (mentee, mentor) of earlier pairings
    wishes: dict[tuple[int, int, str], int]
    levels: Levels
    declared: dict[int, set[int]]  # mentor → competencies that HR says he or she guides in
    gaps: dict[int, tuple[Gap, ...]]  # of mentees whose job has a profile


def load(mentees: Sequence[int], mentors: Sequence[int], *, on: date) -> Known:
    """About twenty queries, however many people there are."""
    everybody = {*mentees, *mentors}
    levels = _levels(everybody)
    wanted = wanted_by(mentees, on)
    return Known(
        on=on,
        mentees=tuple(mentees),
        mentors=tuple(mentors),
        people=_people(everybody, on),
        guides=_guides(mentors, on),
        times=_times(everybody),
        leaders=leaders_of(mentees),
        apart=kept_apart(mentees),
        away=set(Away.objects.on(on).filter(person__in=mentors).values_list("person_id", flat=True)),
        certified=_certified(mentors, on),
        wishes=wishes_of(everybody),
        levels=levels,
        declared=_declared(mentors),
        gaps={pk: fit(asked, levels.get(pk, {})).gaps for pk, asked in wanted.items()},
        **_pairings(mentees, on),
    )


def _people(ids: Collection[int], on: date) -> dict[int, Person]:
    employed = set(User.objects.employed(on).filter(pk__in=ids).values_list("pk", flat=True))
    rows = User.objects.filter(pk__in=ids).values_list("pk", "department_id", "department__path", "hired_on")
    return {pk: Person(pk, place, path or "", hired, pk in employed) for pk, place, path, hired in rows}


def _guides(mentors: Collection[int], on: date) -> dict[int, Guide]:
    rows: Any = MentorProfile.objects.active(on).filter(person__in=mentors).with_load().with_rating()
    return {pk: Guide(*row) for pk, *row in rows.values_list("person_id", "load", "capacity", "rating", "rated")}


def _times(ids: Collection[int]) -> dict[int, Times]:
    rows = Availability.objects.filter(person__in=ids).values_list("person_id", "shifts", "languages")
    return {pk: Times(frozenset(shifts), frozenset(languages)) for pk, shifts, languages in rows}


def _certified(mentors: Collection[int], on: date) -> set[int] | None:
    rule = GuidanceRule.objects.current()
    if rule.certification_id is None:
        return None
    held = Certificate.objects.valid(on).filter(person__in=mentors, certification=rule.certification_id)
    return set(held.values_list("person_id", flat=True))


def _levels(ids: Collection[int]) -> Levels:
    rows = CurrentLevel.objects.filter(person__in=ids, level__isnull=False)
    levels: Levels = defaultdict(dict)
    for person, competency, level in rows.values_list("person_id", "competency_id", "level"):
        levels[person][competency] = level or 0
    return dict(levels)


def _declared(mentors: Collection[int]) -> dict[int, set[int]]:
    rows = MentorCompetency.objects.filter(profile__person__in=mentors)
    declared: dict[int, set[int]] = defaultdict(set)
    for mentor, competency in rows.values_list("profile__person_id", "competency_id"):
        declared[mentor].add(competency)
    return dict(declared)


def _pairings(mentees: Collection[int], on: date) -> dict[str, set[Any]]:
    """Present and past pairings of the mentees; whose mentor is gone counts as unguided, for it is repaired."""
    rows = list(Pairing.objects.filter(mentee__in=mentees).values_list("pk", "mentee_id", "mentor_id", "ended_on"))
    repaired = set(without_guidance(on).filter(mentee__in=mentees).values_list("pk", flat=True))
    return {
        "guided": {mentee for pk, mentee, _mentor, ended in rows if ended is None and pk not in repaired},
        "overlapping": {mentee for _pk, mentee, _mentor, ended in rows if ended and ended > on},
        "past": {(mentee, mentor) for _pk, mentee, mentor, _ended in rows},
    }
