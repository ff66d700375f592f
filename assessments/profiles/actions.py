"""Describe what positions ask, change it from a day on, take profiles out of use."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.profiles.models import ALL, ProfileNeed, ProfileVersion, RoleProfile
from courses.models import Competency
from trainingsite.core.errors import Refused
from trainingsite.people.models import Position, User

SMALLEST = Decimal("0.01")
Fault = tuple[int, str, str]  # number of the row from 1 on, field, what is wrong


class Need(NamedTuple):
    competency: Competency
    level: int
    weight: Decimal


@transaction.atomic
def save_profile(profile: RoleProfile | None, *, position: Position, grade: str, summary: str) -> RoleProfile:
    """Make the profile of a position at a grade ("" is every grade), or change its summary.

    It stays with its position and grade, since people of past days are measured by it.
    """
    grade = grade.strip()
    if profile and (profile.position_id, profile.grade) != (position.pk, grade):
        text = _("A profile stays with its position and grade. Copy it to have one for another grade.")
        raise Refused(text, field="grade", code="profile_moved")
    found = RoleProfile.objects.get(pk=profile.pk) if profile else RoleProfile(position=position, grade=grade)
    found.summary = summary.strip()
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        raise _taken() from None
    return found


@transaction.atomic
def publish_needs(
    profile: RoleProfile, needs: Sequence[Need], *, valid_from: date, reason: str, by: User | None, on: date
) -> ProfileVersion:
    """Say what the profile asks from a day on, which is not before `on`, the day of the change.

    Refused with everything that is wrong with the rows, or when the profile asks exactly that on the day anyway.
    """
    found = RoleProfile.objects.select_for_update().get(pk=profile.pk)
    check_change(found, needs, valid_from=valid_from, reason=reason, on=on)
    number = (found.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = ProfileVersion.objects.create(
        profile=found, number=number, valid_from=valid_from, reason=reason.strip(), by=by
    )
    ProfileNeed.objects.bulk_create(ProfileNeed(version=version, **need._asdict()) for need in needs)
    return version


@transaction.atomic
def retire_profile(profile: RoleProfile, *, at: datetime) -> RoleProfile:
    """Take the profile out of use: from this day on nobody is measured by it; a repeat changes nothing."""
    RoleProfile.objects.in_use().filter(pk=profile.pk).update(retired_at=at)
    return RoleProfile.objects.get(pk=profile.pk)


@transaction.atomic
def restore_profile(profile: RoleProfile) -> RoleProfile:
    """Put a retired profile back into use."""
    RoleProfile.objects.filter(pk=profile.pk).exclude(retired_at=None).update(retired_at=None)
    return RoleProfile.objects.get(pk=profile.pk)


def check_change(profile: RoleProfile, needs: Sequence[Need], *, valid_from: date, reason: str, on: date) -> None:
    """Refuse what could not be published: before it is previewed, and when it is done.

    The profile may be one that is not made yet.
    """
    if profile.retired_at:
        raise Refused(_("A retired profile is not changed. Put it back into use first."), code="profile_retired")
    if not reason.strip():
        raise Refused(_("Say why, for those who ask later."), field="reason", code="reason_missing")
    if valid_from < on:
        text = _("The past stays as it was. The earliest day is today.")
        raise Refused(text, field="valid_from", code="valid_from_past")
    _check_needs(needs)
    if profile.pk and asked(needs) == _asked_on(profile, valid_from):
        text = _("The profile asks exactly this on that day already.")
        raise Refused(text, field="needs", code="nothing_new")


def check_free(position: Position, grade: str) -> None:
    """Refuse a second profile for a position and grade; a retired one counts too."""
    if RoleProfile.objects.filter(position=position, grade=grade.strip()).exists():
        raise _taken()


def faults_of(needs: Sequence[Need]) -> list[Fault]:
    """What is wrong with single rows."""
    known = {
        row.pk: {level.number for level in row.levels.all()}
        for row in Competency.objects.filter(pk__in=[need.competency.pk for need in needs]).with_levels()
    }
    faults: list[Fault] = []
    seen: set[int] = set()
    for number, need in enumerate(needs, start=1):
        faults += [(number, *fault) for fault in _faults(need, known[need.competency.pk], seen)]
        seen.add(need.competency.pk)
    return faults


def asked(needs: Sequence[Need]) -> dict[int, tuple[int, Decimal]]:
    """The level and weight by competency: the same for the same needs in another order."""
    return {need.competency.pk: (need.level, need.weight) for need in needs}


def _check_needs(needs: Sequence[Need]) -> None:
    if not needs:
        raise Refused(_("A profile needs at least one competency."), field="needs", code="needs_missing")
    if faults := faults_of(needs):
        raise Refused(faults[0][2], field="needs", code="needs_wrong", rows=faults)
    total = sum((need.weight for need in needs), Decimal())
    if total != ALL:
        text = _("The weights add up to %(sum)s %%. They have to be 100 %% together.")
        raise Refused(text % {"sum": f"{total.normalize():f}"}, field="needs", code="weights_sum")


def _taken() -> Refused:
    return Refused(_("This position has a profile for this grade already."), field="grade", code="profile_taken")


def _faults(need: Need, levels: set[int], seen: set[int]) -> list[tuple[str, str]]:
    words = {"competency": need.competency, "level": need.level}
    faults = []
    if need.competency.pk in seen:
        faults.append(("competency", _("“%(competency)s” stands here twice.") % words))
    if need.competency.retired_at:
        faults.append(("competency", _("“%(competency)s” is retired.") % words))
    if need.level not in levels:
        faults.append(("level", _("“%(competency)s” has no level %(level)s.") % words))
    if need.weight < SMALLEST or need.weight.as_tuple().exponent < SMALLEST.as_tuple().exponent:  # type: ignore[operator]  # never infinite
        faults.append(("weight", _("A weight is at least 0.01 %, with two decimals at most.")))
    return faults


def _asked_on(profile: RoleProfile, day: date) -> dict[int, tuple[int, Decimal]] | None:
    version = profile.versions.standing(day).first()
    return {need.competency_id: (need.level, need.weight) for need in version.needs.all()} if version else None
