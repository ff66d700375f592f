"""The index of the analytics app's models."""

from analytics.metrics.models import Metric
from analytics.readings.models import Reading, Upload
from analytics.rollups.models import DirtyMonth, LearningMonth, ReadingMonth, Refresh
from analytics.rollups.watch import AttemptWatch, CourseWatch, EnrolmentWatch, PersonWatch, ReadingWatch
from analytics.targets.models import Target

__all__ = [
    "AttemptWatch",
    "CourseWatch",
    "DirtyMonth",
    "EnrolmentWatch",
    "LearningMonth",
    "Metric",
    "PersonWatch",
    "Reading",
    "ReadingMonth",
    "ReadingWatch",
    "Refresh",
    "Target",
    "Upload",
]
