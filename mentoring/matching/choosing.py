"""Who can be chosen for a round: newcomers without a mentor, people with gaps, and mentors with places."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from assessments.models import CurrentLevel
from assessments.profiles.fitting import fit, wanted_by
from mentoring.matching.models import Match, RoundState
from mentoring.matching.parts import missing
from mentoring.matching.repair import orphaned
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.models import Pairing
from mentoring.pairings.newcomers import without_mentor
from trainingsite.core.display import listed
from trainingsite.people.access.roles import Role
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import Department, RoleGrant, User
from trainingsite.people.staff.models import PersonQuerySet

MOST_LOOKED_AT = 2000  # people whose gaps are reckoned for the list
MOST_SHOWN = 500
MOST_MENTORS = 400  # a form has a bounded number of fields


class Who(models.TextChoices):
    """The lists that mentees are chosen from."""

    NEW = "new", pgettext_lazy("matching", "Newcomers without a mentor")
    LEFT = "left", pgettext_lazy("matching", "Mentees whose mentor is gone")
    GAPS = "gaps", pgettext_lazy("matching", "People with gaps")


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be in the round, and why; the first lists are chosen beforehand."""

    person: User
    why: str
    is_chosen: bool


def mentees_allowed(user: User, on: date) -> PersonQuerySet:
    """Everybody who can be named as a mentee of a round."""
    found: PersonQuerySet = User.objects.employed(on).filter(people_seen_by(user), is_active=True)
    return found


def candidates(who: Who, user: User, *, on: date, department: Department | None = None) -> list[Candidate]:
    """The people of a list, of a department and those below it where one is named."""
    people = mentees_allowed(user, on).select_related("department", "position")
    if department is not None:
        people = people.filter(department__path__startswith=department.path)
    found = {Who.NEW: _newcomers, Who.LEFT: _left, Who.GAPS: _with_gaps}[who](people, on)
    return _marked(found[:MOST_SHOWN])


def _marked(rows: list[Candidate]) -> list[Candidate]:
    """Who is in another draft is not chosen beforehand, and the draft is named."""
    drafts = Match.objects.filter(round__state=RoundState.DRAFT, mentee__in=[row.person.pk for row in rows])
    titles = dict(drafts.order_by("round__created_at", "pk").values_list("mentee_id", "round__title"))
    words = _("already in the round “%(title)s”")
    return [
        Candidate(row.person, listed([*filter(None, [row.why]), words % {"title": title}]), False)
        if (title := titles.get(row.person.pk))
        else row
        for row in rows
    ]


def _newcomers(people: PersonQuerySet, on: date) -> list[Candidate]:
    """Those without a mentor, and those who lost theirs."""
    new = people.filter(pk__in=without_mentor(on=on).values("pk")).order_by("-hired_on", "sort_key", "pk")
    return [*_left(people, on), *[Candidate(person, "", True) for person in new[:MOST_SHOWN]]]


def _left(people: PersonQuerySet, on: date) -> list[Candidate]:
    """Those whose mentor has left, with whom it was."""
    mentors = {row.mentee_id: row.mentor.name for row in orphaned(on)}
    rows = people.filter(pk__in=mentors).by_name() if mentors else []
    words = _("%(mentor)s no longer guides")
    return [Candidate(person, words % {"mentor": mentors[person.pk]}, True) for person in rows]


def _with_gaps(people: PersonQuerySet, on: date) -> list[Candidate]:
    """Trainees whom nobody guides and who lack most of what their jobs ask, those first."""
    guided = Pairing.objects.open().filter(mentee=OuterRef("pk"))
    trainee = RoleGrant.objects.filter(user=OuterRef("pk"), role=Role.TRAINEE)
    rows = {row.pk: row for row in people.filter(~Exists(guided), Exists(trainee)).by_name()[:MOST_LOOKED_AT]}
    levels: dict[int, dict[int, int | None]] = {pk: {} for pk in rows}
    known = CurrentLevel.objects.filter(person__in=rows, level__isnull=False)
    for person, competency, level in known.values_list("person_id", "competency_id", "level"):
        levels[person][competency] = level
    gaps = {pk: fit(asked, levels[pk]).gaps for pk, asked in wanted_by(list(rows), on).items()}
    order = sorted((pk for pk in gaps if gaps[pk]), key=lambda pk: -sum(missing(gap) for gap in gaps[pk]))
    return [Candidate(rows[pk], _gaps_in_words(len(gaps[pk])), False) for pk in order]


def _gaps_in_words(number: int) -> str:
    return ngettext("%(n)s gap", "%(n)s gaps", number) % {"n": number}


@dataclass(frozen=True)
class Pool:
    """Mentors who can take somebody on the day, and how many of the others cannot, and why."""

    mentors: list[Any]  # profiles with what `pool` and `offer` add
    without: list[str]


def pool(on: date, *, kept: set[int] | None = None) -> Pool:
    """Each profile with its `load` and its `free` places; `kept` are shown whatever holds for them."""
    rows: Any = MentorProfile.objects.active(on).with_load().with_away(on)
    rows = rows.with_certificate(on).select_related("person__department")
    found, others = [], {"full": 0, "away": 0, "uncertified": 0}
    for row in rows.order_by("person__sort_key", "person_id"):
        row.free = max(0, row.capacity - row.load)
        why = _unready(row)
        if not why or row.person_id in (kept or ()):
            found.append(row)
        else:
            others[why] += 1
    return Pool(found[:MOST_MENTORS], _counted(others))


def _unready(row: Any) -> str:
    """`row` has what the queries above add."""
    if not row.free:
        return "full"
    return "away" if row.is_away else ("" if row.is_certified else "uncertified")


def _counted(others: dict[str, int]) -> list[str]:
    words = {
        "full": _("%(n)s without a free place"),
        "away": _("%(n)s away on that day"),
        "uncertified": _("%(n)s without a valid certificate"),
    }
    return [words[why] % {"n": number} for why, number in others.items() if number]


def offer(mentors: Pool, written: Mapping[int, str], held: Mapping[int, int] | None = None) -> None:
    """Adds `choices` to each profile: (places, words, chosen): as written, else as held, else all that are free."""
    for row in mentors.mentors:
        before = row.free if held is None else held.get(row.person_id, 0)
        now = written.get(row.person_id, str(before))
        most = max(row.free, before)
        row.choices = [(number, _places(number), str(number) == now) for number in range(most + 1)]


def _places(number: int) -> str:
    if not number:
        return _("not in this round")
    return ngettext("%(n)s place", "%(n)s places", number) % {"n": number}
