"""Competencies of five levels, and profiles that ask for them."""

from datetime import date
from decimal import Decimal

from assessments.models import ProfileVersion, RoleProfile
from assessments.profiles.actions import Need, publish_needs, save_profile
from courses.models import Competency
from tests.factories.courses import CompetencyFactory, CompetencyLevelFactory
from tests.factories.people import PositionFactory
from trainingsite.people.models import Position

MAY = date(2026, 5, 1)
LEVELS = ("入门", "独立", "胜任", "熟练", "专家")


def competency(title: str, levels: int = 5, **fields: object) -> Competency:
    """A competency with so many levels."""
    made: Competency = CompetencyFactory(title=title, first=None, second=None, **fields)
    for number, name in enumerate(LEVELS[:levels], start=1):
        CompetencyLevelFactory(competency=made, number=number, title=name)
    return made


def need(of: Competency, level: int, weight: float) -> Need:
    return Need(of, level, Decimal(str(weight)))


def profile_of(
    *needs: Need, position: Position | None = None, grade: str = "", valid_from: date = MAY, reason: str = "首版"
) -> RoleProfile:
    """A profile that asks for the needs from the day on."""
    made = save_profile(None, position=position or PositionFactory(), grade=grade, summary="")
    version_of(made, *needs, valid_from=valid_from, reason=reason)
    return made


def version_of(profile: RoleProfile, *needs: Need, valid_from: date = MAY, reason: str = "大促调整") -> ProfileVersion:
    return publish_needs(profile, needs, valid_from=valid_from, reason=reason, by=None, on=valid_from)
