"""What follows when a version is published; rooms above register (asking those who completed an earlier one)."""

from collections.abc import Callable
from datetime import datetime

from courses.curriculum.models import CourseVersion
from trainingsite.core.registry import Registry
from trainingsite.people.models import User

# Called in the transaction of the publishing with the version, who published it, and the moment.
VERSION_PUBLISHED: Registry[Callable[[CourseVersion, User | None, datetime], None]] = Registry("version hook")
