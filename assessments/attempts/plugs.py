from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_RESULTS
from assessments.attempts import notices
from trainingsite.core.navigation import Place, register

__all__ = ["notices"]  # registers the kinds of notice

register(Place(_("Results"), "clipboard-check", "results", act=VIEW_RESULTS, section="assess", order=20))
