"""Profiles as rows of a list: what each asks most, since when, what is planned, how many people it measures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from assessments.profiles.actions import Need
from assessments.profiles.differences import needs_of
from assessments.profiles.models import EVERY_GRADE, ProfileVersion, RoleProfile
from assessments.profiles.shown import history_of
from trainingsite.people.models import User

MOST = 3


@dataclass(frozen=True)
class Line:
    """`needs` are those of the standing version, or of the first planned one; the weightiest come first."""

    profile: RoleProfile
    standing: ProfileVersion | None
    planned: ProfileVersion | None
    needs: list[Need]
    people: int

    @property
    def most(self) -> list[Need]:
        return self.needs[:MOST]


def lines_of(profiles: Sequence[RoleProfile], viewer: User, on: date) -> list[Line]:
    """The rows, by four queries, whatever their number."""
    versions: dict[int, list[ProfileVersion]] = {profile.pk: [] for profile in profiles}
    for version in ProfileVersion.objects.filter(profile__in=versions).with_needs():
        versions[version.profile_id].append(version)
    people = people_by_profile([profile.position_id for profile in profiles], viewer, on)
    return [_line(profile, versions[profile.pk], people, on) for profile in profiles]


def people_by_profile(position_ids: Sequence[int], viewer: User, on: date) -> Counter[tuple[int, str]]:
    """How many people, of those whom the viewer sees, each profile measures today, by position and grade."""
    profiles = RoleProfile.objects.in_use().filter(position__in=position_ids, versions__valid_from__lte=on)
    known = set(profiles.values_list("position", "grade"))
    seen = User.objects.visible_to(viewer).employed(on).filter(position__in=position_ids)
    counts: Counter[tuple[int, str]] = Counter()
    for position, grade, n in seen.order_by().values_list("position", "grade").annotate(n=Count("pk")):
        counts[position, grade if (position, grade) in known else EVERY_GRADE] += n
    return counts


def _line(profile: RoleProfile, versions: list[ProfileVersion], people: Counter[tuple[int, str]], on: date) -> Line:
    history = history_of(versions, on)
    standing = next((step.version for step in history if step.state == "standing"), None)
    planned = next((step.version for step in reversed(history) if step.state == "planned"), None)
    needs = sorted(needs_of(standing or planned), key=lambda need: -need.weight)
    number = 0 if profile.retired_at or not standing else people[profile.position_id, profile.grade]
    return Line(profile, standing, planned, needs, number)
