from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_MATRIX
from assessments.matrix import panels
from trainingsite.core.navigation import Place, register

__all__ = ["panels"]  # registers what the first page shows

register(Place(_("Competency matrix"), "table", "competency-matrix", act=VIEW_MATRIX, section="grow", order=35))
register(Place(_("Who can cover?"), "calendar-check", "competency-coverage", act=VIEW_MATRIX, section="grow", order=36))
register(Place(_("Competency gaps"), "chart-bar", "gaps", act=VIEW_MATRIX, section="grow", order=37))
