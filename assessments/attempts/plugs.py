from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_RESULTS
from assessments.attempts import notices, person_panel
from trainingsite.core.navigation import Place, register

__all__ = ["notices", "person_panel"]  # they register kinds of notice and the panel of a person

register(Place(_("Results"), "clipboard-check", "results", act=VIEW_RESULTS, section="assess", order=20))
