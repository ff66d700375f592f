"""The index of the people app's models."""

from trainingsite.people.departments.models import Department
from trainingsite.people.imports.models import PeopleImport
from trainingsite.people.staff.models import Position, RoleGrant, Status, User

__all__ = ["Department", "PeopleImport", "Position", "RoleGrant", "Status", "User"]
