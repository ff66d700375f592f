"""Make somebody a mentor, change the profile, take somebody off the list."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Competency
from mentoring.mentors.models import MentorCompetency, MentorProfile
from mentoring.mentors.notices import tell_added
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User


@transaction.atomic
def save_mentor(
    person: User,
    *,
    competencies: Collection[Competency],
    capacity: int,
    experience: str = "",
    note: str = "",
    on: date,
) -> MentorProfile:
    """Make `person` a mentor, or change the profile; the role that opens the mentor's pages comes with it."""
    if not User.objects.employed(on).filter(pk=person.pk).exists():
        raise Refused(_("%(name)s does not work here.") % {"name": person}, field="person", code="not_employed")
    profile, is_new = MentorProfile.objects.select_for_update(of=("self",)).get_or_create(person=person)
    _check_capacity(person, capacity)
    profile.capacity, profile.experience, profile.note = capacity, experience.strip(), note.strip()
    profile.save()
    _set_competencies(profile, competencies)
    RoleGrant.objects.get_or_create(user=person, role=Role.MENTOR, department=None)
    if is_new:
        tell_added(profile, on=on)
    return profile


def _check_capacity(person: User, capacity: int) -> None:
    load = person.guided_pairings.open().count()
    if capacity < load:
        words = _("%(name)s guides %(load)s people at present.") % {"name": person, "load": load}
        raise Refused(words, field="capacity", code="below_load")


def _set_competencies(profile: MentorProfile, competencies: Collection[Competency]) -> None:
    wanted = {competency.pk for competency in competencies}
    profile.guides_in.exclude(competency__in=wanted).delete()
    held = set(profile.guides_in.values_list("competency", flat=True))
    added = sorted(wanted - held)
    MentorCompetency.objects.bulk_create(MentorCompetency(profile=profile, competency_id=pk) for pk in added)


def describe(profile: MentorProfile, *, experience: str) -> None:
    """What mentors say of themselves; a repeat changes nothing."""
    if profile.experience != experience.strip():
        profile.experience = experience.strip()
        profile.save(update_fields=["experience"])


def set_active(profile: MentorProfile, active: bool) -> None:
    """Whether the mentor takes new mentees; pairings that are open go on either way."""
    profile.is_active = active
    profile.save(update_fields=["is_active"])
