"""A job that asks for three competencies since 1 May 2026."""

from datetime import date
from typing import NamedTuple

from assessments.models import RoleProfile
from courses.models import Competency
from tests.factories.profiles import need, profile_of
from tests.factories.ratings import competency
from trainingsite.people.models import Position

MAY = date(2026, 5, 1)


class Asked(NamedTuple):
    """What the job asks: 同理心 at level 3 (50 %), 打字速度 at 2 (30 %), 投诉闭环 at 3 (20 %)."""

    profile: RoleProfile
    empathy: Competency
    typing: Competency
    closing: Competency


def asked_of(position: Position) -> Asked:
    """What the position asks."""
    empathy = competency("empathy", title="同理心", position=1)
    typing = competency("typing", title="打字速度", levels=3, position=2)
    closing = competency("closing", title="投诉闭环", position=3)
    profile = profile_of(
        need(empathy, 3, 50), need(typing, 2, 30), need(closing, 3, 20), position=position, valid_from=MAY
    )
    return Asked(profile, empathy, typing, closing)
