"""Whose fit and overall level a change of a profile would move, from before to after."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from assessments.profiles.actions import Need
from assessments.profiles.fitting import Fit, NeedOf, Wanted, asked_on, fit, of_job
from assessments.profiles.models import RoleProfile
from assessments.profiles.past import Job
from assessments.ratings.asof import levels_on
from trainingsite.core.days import company_day
from trainingsite.people.models import User

NEW = 0  # the version that is not made yet


@dataclass(frozen=True)
class Moved:
    """One person, measured by what stands now (None: by nothing) and by what is proposed."""

    person: User
    before: Fit | None
    after: Fit

    @property
    def percent_by(self) -> float:
        return round(self.after.percent - (self.before.percent if self.before else 0), 6)

    @property
    def level_by(self) -> int:
        """By how many the overall level moves; 0 for who had none to compare with."""
        return self.after.overall_level - self.before.overall_level if self.before else 0

    @property
    def is_moved(self) -> bool:
        return self.before is None or bool(
            self.percent_by or self.level_by or self.before.standing != self.after.standing
        )


@dataclass(frozen=True)
class Effect:
    """Everybody whom the changed profile measures, who moves most first; and what it asks on the day without it."""

    people: Sequence[Moved]
    before: Wanted | None

    @cached_property
    def moved(self) -> list[Moved]:
        return [each for each in self.people if each.is_moved]

    @property
    def level_up(self) -> int:
        return sum(each.level_by > 0 for each in self.people)

    @property
    def level_down(self) -> int:
        return sum(each.level_by < 0 for each in self.people)

    @property
    def fit_up(self) -> int:
        return sum(each.percent_by > 0 for each in self.people if each.before)

    @property
    def fit_down(self) -> int:
        return sum(each.percent_by < 0 for each in self.people if each.before)

    @property
    def meeting(self) -> tuple[int, int]:
        """How many meet the profile, before and after."""
        before = sum(each.before is not None and not each.before.gaps for each in self.people)
        return before, sum(not each.after.gaps for each in self.people)


def effect_of(profile: RoleProfile, needs: Sequence[Need], *, valid_from: date, viewer: User, at: datetime) -> Effect:
    """The effect of the needs on those whom `viewer` sees, with the jobs and levels that people have at the moment.

    The profile may be one that is not saved yet. A fixed number of queries.
    """
    people = people_in(profile.position_id, viewer, on=company_day(at))
    before = asked_on([profile.position_id], valid_from)
    rows = tuple(NeedOf(need.competency.pk, need.level, float(need.weight)) for need in needs)
    after = {**before, (profile.position_id, profile.grade): Wanted(NEW, profile.pk or NEW, str(profile), rows)}
    measured = [pair for person in people if (pair := _pair(person, before, after))]
    levels = levels_of([person.pk for person, _was, _is in measured], at=at)
    moved = [
        Moved(person, fit(was, levels[person.pk]) if was else None, fit(new, levels[person.pk]))
        for person, was, new in measured
    ]
    by_size = sorted(moved, key=lambda each: (-abs(each.level_by), -abs(each.percent_by)))
    return Effect(by_size, before.get((profile.position_id, profile.grade)))


def people_in(position_id: int, viewer: User, *, on: date) -> list[User]:
    """The people of the position whom the viewer sees, by name."""
    people = User.objects.visible_to(viewer).employed(on).filter(position=position_id)
    return list(people.select_related("department").by_name())


def levels_of(people_ids: Collection[int], *, at: datetime) -> dict[int, dict[int, int | None]]:
    """The level of each person at each competency; {} for who has none at any."""
    derived = levels_on(people_ids, at=at)
    return {pk: {of: each.level for of, each in derived.get(pk, {}).items()} for pk in people_ids}


Asked = Mapping[tuple[int, str], Wanted]


def _pair(person: User, before: Asked, after: Asked) -> tuple[User, Wanted | None, Wanted] | None:
    """Who is measured by what is proposed, with what measures them now."""
    job = Job(person.position_id, person.grade, person.department_id)
    new = of_job(job, after)
    return (person, of_job(job, before), new) if new and new.version_id == NEW else None
