from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_RESULTS
from trainingsite.core.navigation import Place, register

register(Place(_("Gradebook"), "table", "gradebooks", act=VIEW_RESULTS, section="assess", order=15))
