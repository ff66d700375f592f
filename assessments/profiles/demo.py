"""The demo company's profiles: written two years ago, changed since for stated reasons, one change still to come."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from assessments.profiles.actions import Need, publish_needs
from assessments.profiles.differences import needs_of
from assessments.profiles.models import RoleProfile
from assessments.profiles.ready import load_ready_profiles, read
from assessments.profiles.weighing import raised
from trainingsite.core.demo import Story
from trainingsite.people.models import User


def tell(story: Story) -> None:
    hr = User.objects.get(username="hr")
    load_ready_profiles(by=hr, on=story.first_day)
    for row in read()["history"]:
        profile = RoleProfile.objects.get(position__name=row["position"], grade=row["grade"])
        day = story.today - timedelta(days=row["days"])
        publish_needs(
            profile, _changed(profile, row), valid_from=day, reason=row["reason"], by=hr, on=min(day, story.today)
        )


def _changed(profile: RoleProfile, row: Mapping[str, Any]) -> list[Need]:
    """What the profile asks last, with the changes of the row."""
    needs = needs_of(profile.versions.with_needs().order_by("-valid_from", "-number").first())
    levels = row.get("levels", {})
    needs = [need._replace(level=levels.get(need.competency.code, need.level)) for need in needs]
    for code, percent in row.get("raise", {}).items():
        index = next(n for n, need in enumerate(needs) if need.competency.code == code)
        weights = raised([need.weight for need in needs], index, Decimal(percent))
        needs = [need._replace(weight=weight) for need, weight in zip(needs, weights, strict=True)]
    return needs
