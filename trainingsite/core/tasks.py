"""The index of core's tasks."""

from trainingsite.core.jobs.tasks import run_job

__all__ = ["run_job"]
