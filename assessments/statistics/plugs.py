from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_STATISTICS
from trainingsite.core.navigation import Place, register

register(Place(_("Quiz statistics"), "chart-histogram", "statistics", act=VIEW_STATISTICS, section="assess", order=40))
