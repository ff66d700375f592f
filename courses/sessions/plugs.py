from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_SESSIONS
from courses.sessions import lane, notices, page
from trainingsite.core.navigation import Place, register

__all__ = ["lane", "notices", "page"]  # they register a lane, kinds of notice, parts of pages

register(Place(_("Sessions"), "presentation", "sessions", act=VIEW_SESSIONS, section="plan", order=15))
