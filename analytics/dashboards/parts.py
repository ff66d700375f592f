"""The part of the organisation that a dashboard is about, and who may look at it."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.urls import reverse

from analytics.acts import OVERSEE
from trainingsite.people.models import Department, User


@dataclass(frozen=True)
class Part:
    """A department with what is above (as far as the person sees) and below it; without one, the whole company."""

    department: Department | None
    above: list[Department] = field(default_factory=list)
    below: list[Department] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.department.path if self.department else ""

    @property
    def paths(self) -> list[str] | None:
        return [self.department.path] if self.department else None

    @property
    def url(self) -> str:
        return reverse("dashboard-department", args=[self.department.pk]) if self.department else reverse("dashboard")

    @property
    def query(self) -> str:
        """What the pages of rows need in their address."""
        return f"department={self.department.pk}" if self.department else ""


def part_seen_by(user: User, pk: int | None) -> Part:
    """The part in one query; raises Http404 when it does not exist for the person."""
    if pk is None:
        if not user.may(OVERSEE):
            raise Http404
        return Part(None, below=list(Department.objects.visible_to(user).in_tree_order()))
    family = list(_family(pk))
    own = next((department for department in family if department.pk == pk), None)
    if own is None or not may_see(user, own.path):
        raise Http404
    above = [d for d in family if own.path.startswith(d.path) and d.pk != pk and may_see(user, d.path)]
    return Part(own, above, [d for d in family if d.path.startswith(own.path) and d.pk != pk])


def _family(pk: int) -> list[Department]:
    """The department, those above and those below, in the order of the tree."""
    it = Department.objects.filter(pk=pk, path__startswith=OuterRef("path"))
    return list(Department.objects.filter(Q(path__contains=f"/{pk}/") | Exists(it)).in_tree_order())


def may_see(user: User, path: str) -> bool:
    """Whether the figures of a department at the path are for the person."""
    return user.may(OVERSEE) or any(path.startswith(own) for own in user.supervised_paths)


def own_departments(user: User) -> list[Department]:
    """The departments that the person supervises, the highest first."""
    return sorted(
        (grant.department for grant in user.held if grant.department is not None), key=lambda place: place.path
    )
