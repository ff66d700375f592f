from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_ENROLMENTS
from courses.enrolment import notices, panels, person_panel
from trainingsite.core.navigation import Place, register

__all__ = ["notices", "panels", "person_panel"]  # they register kinds of notice and panels

register(Place(_("Enrolments"), "list-check", "enrolments", act=VIEW_ENROLMENTS, section="plan", order=25))
