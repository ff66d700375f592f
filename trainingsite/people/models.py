"""The index of the people app's models."""

from trainingsite.people.departments.models import Department
from trainingsite.people.staff.models import Position, RoleGrant, Status, User

__all__ = ["Department", "Position", "RoleGrant", "Status", "User"]
