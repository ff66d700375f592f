from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.refreshers import lane, notices
from trainingsite.core.navigation import Place, register

__all__ = ["lane", "notices"]  # they register a lane of the board and the kind of notice

register(Place(_("Refreshers"), "repeat", "refreshers", act=VIEW_PLANS, section="plan", order=30))
