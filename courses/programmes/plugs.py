from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.programmes import course_items, notices
from trainingsite.core.navigation import Place, register

__all__ = ["course_items", "notices"]  # they register kinds of items and of notices

register(Place(_("Programmes"), "route", "programmes", act=VIEW_PLANS, section="plan", order=20, phone=3))
