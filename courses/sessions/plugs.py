from django.utils.translation import gettext_lazy as _

from courses.acts import LEARN, VIEW_SESSIONS
from courses.sessions import lane, notices, page, panels
from trainingsite.core.navigation import Place, register

__all__ = ["lane", "notices", "page", "panels"]  # they register a lane, kinds of notice, parts of pages

register(Place(_("Sessions"), "presentation", "sessions", act=VIEW_SESSIONS, section="plan", order=15))
register(Place(_("My sessions"), "calendar-event", "my-sessions", act=LEARN, section="learn", order=30))
