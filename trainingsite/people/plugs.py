"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from django.utils.translation import gettext_lazy as _

from trainingsite.core.navigation import Place, register
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access import acts, openapi
from trainingsite.people.imports import actions as imports

__all__ = ["imports", "openapi"]

RESOURCES.register("departments", "people_department")
RESOURCES.register("positions", "people_position")
RESOURCES.register("people", "people_user")

register(Place(_("People"), "users", "people", act=acts.VIEW_PEOPLE, section="manage", order=10))
register(Place(_("Departments"), "hierarchy", "departments", act=acts.VIEW_PEOPLE, section="manage", order=20))
register(Place(_("Positions"), "briefcase", "positions", act=acts.EDIT_PEOPLE, section="manage", order=30))
register(Place(_("Roles and access"), "shield-lock", "access", act=acts.MANAGE_ACCESS, section="manage", order=40))
register(Place(_("API clients"), "plug", "clients", act=acts.MANAGE_ACCESS, section="manage", order=50))
register(Place(_("History"), "history", "history", act=acts.VIEW_HISTORY, section="manage", order=90))
