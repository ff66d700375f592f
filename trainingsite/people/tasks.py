"""The index of this app's tasks."""

from trainingsite.people.staff.tasks import close_left

__all__ = ["close_left"]
