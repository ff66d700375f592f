from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_STATISTICS
from assessments.statistics import bank_flags
from trainingsite.core.navigation import Place, register

__all__ = ["bank_flags"]  # it registers what the question bank shows

register(Place(_("Quiz statistics"), "chart-histogram", "statistics", act=VIEW_STATISTICS, section="assess", order=40))
