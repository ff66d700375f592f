from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.planning import due_lane, notices, panels
from trainingsite.core.navigation import Place, register

__all__ = ["due_lane", "notices", "panels"]  # they register lanes, a kind of notice and a panel

register(Place(_("Planning board"), "calendar-stats", "board", act=VIEW_PLANS, section="plan", order=10))
register(Place(_("Peak seasons"), "flame", "seasons", act=VIEW_PLANS, section="plan", order=12))
