"""What learning paths plug in."""

from assessments.learning_paths import assigning, notices
from assessments.learning_paths.actions import follow
from courses.enrolment.hooks import COMPLETED

__all__ = ["assigning", "notices"]  # they register the job and the kinds of notices

COMPLETED.register("learning-paths", follow)
