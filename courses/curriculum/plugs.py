"""What the curriculum plugs in: its place in the navigation, and the unit kind "article"."""

from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_COURSES
from courses.curriculum import articles
from trainingsite.core.navigation import Place, register

__all__ = ["articles"]  # registers the unit kind

register(Place(_("Courses"), "books", "courses", act=VIEW_COURSES, section="learn", order=20, phone=3))
