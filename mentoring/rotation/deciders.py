"""Who leads a person, and so is asked first."""

from django.db.models import F, Value

from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, User


def supervisors_of(person: User) -> list[User]:
    """Those who supervise the person's department or one above it, the nearest first; nobody is the own."""
    if person.department is None:
        return []
    above = RoleGrant.objects.annotate(place=Value(person.department.path)).filter(
        role=Role.SUPERVISOR, user__is_active=True, place__startswith=F("department__path")
    )
    grants = above.exclude(user=person).select_related("user").order_by("-department__depth", "user__sort_key", "pk")
    return list(dict.fromkeys(grant.user for grant in grants))


def asked_about(person: User) -> list[int]:
    """The ids of those who are told that something about the person waits: the nearest supervisor, else HR."""
    if leading := supervisors_of(person):
        return [leading[0].pk]
    people = RoleGrant.objects.filter(role=Role.HR, user__is_active=True).exclude(user=person)
    return list(people.order_by("user_id").values_list("user_id", flat=True).distinct())
