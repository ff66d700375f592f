from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.refreshers import audience_uses, lane, notices
from trainingsite.core.navigation import Place, register

__all__ = ["audience_uses", "lane", "notices"]  # they register a lane of the board and the kind of notice

register(Place(_("Refreshers"), "repeat", "refreshers", act=VIEW_PLANS, section="plan", order=30))
