from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_COURSES
from courses.calendar import day_marks, refresher_source, session_source
from trainingsite.core.navigation import Place, register

__all__ = ["day_marks", "refresher_source", "session_source"]  # they register sources and marks

register(Place(_("Calendar"), "calendar", "calendar", act=VIEW_COURSES, section="learn", order=28, phone=6))
