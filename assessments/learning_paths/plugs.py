"""What learning paths plug in."""

from django.utils.translation import gettext_lazy as _

from assessments.acts import ASSIGN_PATHS, FOLLOW_PATHS
from assessments.learning_paths import assigning, notices, panels
from assessments.learning_paths.actions import follow
from courses.enrolment.hooks import COMPLETED
from trainingsite.core.navigation import Place, register

__all__ = ["assigning", "notices", "panels"]  # they register the job, the kinds of notices and what pages show

COMPLETED.register("learning-paths", follow)
register(Place(_("My learning path"), "route", "my-path", act=FOLLOW_PATHS, section="grow", order=30))
register(Place(_("Assign learning paths"), "route", "assign-paths", act=ASSIGN_PATHS, section="grow", order=40))
