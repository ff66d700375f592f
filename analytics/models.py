"""The index of the analytics app's models."""

from analytics.competency_bands.models import KpiBand
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
    "KpiBand",
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
