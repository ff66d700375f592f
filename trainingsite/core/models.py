"""The index of core's models."""

from trainingsite.core.jobs.models import Job
from trainingsite.core.stamps import Stamped, Tombstone
from trainingsite.core.translatable import Translatable

__all__ = ["Job", "Stamped", "Tombstone", "Translatable"]
