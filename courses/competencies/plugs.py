from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_COMPETENCIES
from trainingsite.core.navigation import Place, register

register(Place(_("Competencies"), "chart-radar", "competencies", act=VIEW_COMPETENCIES, section="learn", order=25))
