from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.programmes import notices
from trainingsite.core.navigation import Place, register

__all__ = ["notices"]  # registers the kinds of notice

register(Place(_("Programmes"), "route", "programmes", act=VIEW_PLANS, section="plan", order=20, phone=3))
