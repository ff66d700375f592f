"""The index of core's tasks."""

from trainingsite.core.jobs.tasks import run_job, wake_waiting

__all__ = ["run_job", "wake_waiting"]
