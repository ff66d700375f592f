from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_PLANS
from courses.refreshers import audience_uses, course_runs, lane, notices, session_runs
from trainingsite.core.navigation import Place, register

# they register a lane of the board, kinds of notices and what can come again
__all__ = ["audience_uses", "course_runs", "lane", "notices", "session_runs"]

register(Place(_("Refreshers"), "repeat", "refreshers", act=VIEW_PLANS, section="plan", order=30))
