from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_COMPETENCIES
from courses.competencies import pack
from trainingsite.core.navigation import Place, register

__all__ = ["pack"]  # registers what content packs hold of the framework

register(Place(_("Competencies"), "chart-radar", "competencies", act=VIEW_COMPETENCIES, section="grow", order=25))
