"""What the curriculum plugs in: its place in the navigation, and the unit kind "article"."""

from django.utils.translation import gettext_lazy as _

from courses.acts import VIEW_COURSES
from courses.curriculum import articles, proofs
from trainingsite.core.navigation import Place, register

__all__ = ["articles", "proofs"]  # register the unit kind and what teaches a competency

register(Place(_("Courses"), "books", "courses", act=VIEW_COURSES, section="learn", order=20, phone=3))
