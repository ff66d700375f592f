"""How well people's levels fit what their position asks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import floor

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.profiles.models import ALL, EVERY_GRADE, ProfileVersion, RoleProfile
from assessments.profiles.past import Job, jobs_on

NEARLY = 80  # percent of what is asked
_DIGITS = 6  # so that sums of fractions do not fall short by a hair


class Standing(models.TextChoices):
    MEETS = "meets", _("Meets the profile")
    NEARLY = "nearly", _("Nearly meets the profile")
    GAPS = "gaps", _("Has gaps")


@dataclass(frozen=True)
class NeedOf:
    """A competency's level needed, and its share of the whole in percent."""

    competency_id: int
    level: int
    weight: float


@dataclass(frozen=True)
class Wanted:
    """What a profile asks by one of its versions; needs in the order of the framework."""

    version_id: int
    profile_id: int
    title: str
    needs: tuple[NeedOf, ...]


@dataclass(frozen=True)
class Gap:
    """A level below the one needed; a missing level is 0."""

    competency_id: int
    level: int
    need: int
    weight: float


@dataclass(frozen=True)
class Fit:
    """`percent` of what is asked is there; `overall` is the weighted mean level, `overall_level` the one reached."""

    percent: float
    overall: float
    overall_level: int
    gaps: tuple[Gap, ...]
    standing: Standing


def wanted_by(people_ids: Collection[int], on: date) -> dict[int, Wanted]:
    """What the job of each person asked on the day; who had a job without a profile is missing. At most five queries.

    A profile of the exact grade goes before the one of every grade.
    """
    jobs = jobs_on(people_ids, on)
    asked = asked_on({job.position_id for job in jobs.values() if job.position_id}, on)
    return {pk: wanted for pk, job in jobs.items() if (wanted := of_job(job, asked))}


def asked_on(position_ids: Collection[int], on: date) -> dict[tuple[int, str], Wanted]:
    """What the positions asked on the day, by position and grade."""
    profiles = RoleProfile.objects.in_force(on).filter(position__in=position_ids)
    versions = ProfileVersion.objects.standing(on).filter(profile__in=profiles)
    rows = versions.select_related("profile__position").with_needs()
    return {(row.profile.position_id, row.profile.grade): wanted_of(row) for row in rows}


def of_job(job: Job, asked: Mapping[tuple[int, str], Wanted]) -> Wanted | None:
    """What the job asks: by its very grade, or else by that for every grade."""
    if job.position_id is None:
        return None
    return asked.get((job.position_id, job.grade)) or asked.get((job.position_id, EVERY_GRADE))


def wanted_of(version: ProfileVersion) -> Wanted:
    """A version, loaded with its needs and its profile's position."""
    needs = tuple(NeedOf(need.competency_id, need.level, float(need.weight)) for need in version.needs.all())
    return Wanted(version.pk, version.profile_id, str(version.profile), needs)


def fit(wanted: Wanted, levels: Mapping[int, int | None]) -> Fit:
    """How the levels (competency → level) fit; each need counts up to what is asked, by its weight."""
    has = [(need, levels.get(need.competency_id) or 0) for need in wanted.needs]
    percent = _sum(need.weight * min(level / need.level, 1) for need, level in has)
    overall = _sum(need.weight * level / ALL for need, level in has)
    gaps = tuple(Gap(n.competency_id, level, n.level, n.weight) for n, level in has if level < n.level)
    return Fit(percent, overall, floor(overall), gaps, _standing(percent, gaps))


def _standing(percent: float, gaps: tuple[Gap, ...]) -> Standing:
    if not gaps:
        return Standing.MEETS
    return Standing.NEARLY if percent >= NEARLY else Standing.GAPS


def _sum(parts: Iterable[float]) -> float:
    return round(sum(parts), _DIGITS)
