"""What rubrics plug in."""

from django.utils.translation import gettext_lazy as _

from courses.acts import EDIT_RUBRICS
from trainingsite.core.navigation import Place, register

register(Place(_("Rubrics"), "scale", "rubrics", act=EDIT_RUBRICS, section="assess", order=335))
