"""All that matching has to know of people, loaded for hundreds of them in a fixed number of queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from assessments.models import CurrentLevel
from assessments.profiles.fitting import Gap, fit, wanted_by
from mentoring.availability.reading import away
from mentoring.guidance.certificates import holds
from mentoring.matching.gone import without_guidance
from mentoring.mentors.models import MentorCompetency, MentorProfile, MentorProfileQuerySet
from mentoring.pairings.managers import leaders_of
from mentoring.pairings.models import Pairing
from mentoring.wishes.reading import kept_apart, wishes_of
from trainingsite.people.models import User


class Person(NamedTuple):
    """Where somebody works and when; `path` is the department's, "" without one; no shifts or languages: unknown."""

    pk: int
    department: int | None
    path: str
    hired_on: date | None
    is_employed: bool
    is_away: bool
    is_certified: bool  # as mentors have to be; true where no certificate is asked for
    shifts: frozenset[str]
    languages: frozenset[str]
    levels: dict[int, int]  # competency → level


class Guide(NamedTuple):
    """A mentor's profile on the day; there is none for those who take no mentees."""

    load: int
    capacity: int
    rating: float | None
    rated: int
    declared: frozenset[int]  # competencies that HR says he or she guides in


@dataclass(frozen=True)
class Known:
    """What is known of mentees and mentors, each in the order asked for."""

    on: date
    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    people: dict[int, Person]
    guides: dict[int, Guide]
    leaders: set[tuple[int, int]]
    apart: set[frozenset[int]]
    guided: set[int]  # mentees whom somebody guides, but not those whose mentor is gone
    overlapping: set[int]  # mentees whose last pairing ends after the day
    past: set[tuple[int, int]]  # (mentee, mentor) of earlier pairings
    wishes: dict[tuple[int, int, str], int]
    gaps: dict[int, tuple[Gap, ...]]  # of mentees whose job has a profile


def load(mentees: Sequence[int], mentors: Sequence[int], *, on: date, guides: Iterable[Any] | None = None) -> Known:
    """At most eleven queries, however many people there are; one less with `guides`, profiles as `guiding` has them."""
    found = standing(mentees, mentors, on=on, guides=guides)
    wanted = wanted_by(mentees, on)
    gaps = {pk: fit(asked, found.people[pk].levels).gaps for pk, asked in wanted.items()}
    return replace(found, wishes=wishes_of({*mentees, *mentors}), gaps=gaps)


def standing(mentees: Sequence[int], mentors: Sequence[int], *, on: date, guides: Iterable[Any] | None = None) -> Known:
    """What the acts of pairing ask, without wishes and gaps."""
    if guides is None:
        guides = guiding(MentorProfile.objects.active(on).filter(person__in=mentors))
    return Known(
        on=on,
        mentees=tuple(mentees),
        mentors=tuple(mentors),
        people=_people({*mentees, *mentors}, on),
        guides={row.person_id: _guide(row) for row in guides},
        leaders=leaders_of(mentees),
        apart=kept_apart(mentees),
        wishes={},
        gaps={},
        **_pairings(mentees, on),
    )


def guiding(rows: MentorProfileQuerySet) -> Any:
    """Profiles with what is told of a guide."""
    said = MentorCompetency.objects.filter(profile=OuterRef("pk")).order_by().values("competency_id")
    return rows.with_load().with_rating().annotate(declared=ArraySubquery(said))


def _guide(row: Any) -> Guide:
    return Guide(row.load, row.capacity, row.rating, row.rated, frozenset(row.declared))


def _people(ids: Collection[int], on: date) -> dict[int, Person]:
    """Everybody with all that is told of one person alone, in one query."""
    own = CurrentLevel.objects.filter(person=OuterRef("pk"), level__isnull=False).order_by()
    rows: Any = User.objects.filter(pk__in=ids).annotate(
        is_employed=Exists(User.objects.employed(on).filter(pk=OuterRef("pk"))),
        is_away=away("pk", on=on),
        is_certified=holds("pk", on=on),
        measured=ArraySubquery(own.values(both=JSONObject(competency="competency_id", level="level"))),
    )
    return {pk: _person(pk, *columns) for pk, *columns in rows.values_list("pk", *COLUMNS)}


COLUMNS = (
    *("department_id", "department__path", "hired_on", "is_employed", "is_away", "is_certified"),
    *("availability__shifts", "availability__languages", "measured"),
)


def _person(pk: int, department: int | None, path: str | None, hired_on: date | None, *more: Any) -> Person:
    is_employed, is_away, is_certified, shifts, languages, measured = more
    levels = {one["competency"]: one["level"] for one in measured}
    times = frozenset(shifts or ()), frozenset(languages or ())
    return Person(pk, department, path or "", hired_on, is_employed, is_away, is_certified, *times, levels)


def _pairings(mentees: Collection[int], on: date) -> dict[str, set[Any]]:
    """Present and past pairings of the mentees; whose mentor is gone counts as unguided, for it is repaired."""
    is_repaired = Exists(without_guidance(on).filter(pk=OuterRef("pk")))
    found = Pairing.objects.filter(mentee__in=mentees).annotate(is_repaired=is_repaired)
    rows = list(found.not_called_off().values_list("mentee_id", "mentor_id", "ended_on", "is_repaired"))
    return {
        "guided": {mentee for mentee, _mentor, ended, repaired in rows if ended is None and not repaired},
        "overlapping": {mentee for mentee, _mentor, ended, _repaired in rows if ended and ended > on},
        "past": {(mentee, mentor) for mentee, mentor, _ended, _repaired in rows},
    }
