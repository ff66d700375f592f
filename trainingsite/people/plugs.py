"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access import openapi

__all__ = ["openapi"]

RESOURCES.register("departments", "people_department")
RESOURCES.register("positions", "people_position")
RESOURCES.register("people", "people_user")
