from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_ENROLMENTS
from courses.enrolment import notices, panels
from trainingsite.core.navigation import Place, register

__all__ = ["notices", "panels"]  # they register kinds of notice and panels of the first page

register(Place(_("Enrolments"), "list-check", "enrolments", act=VIEW_ENROLMENTS, section="plan", order=25))
