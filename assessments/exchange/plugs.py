"""What this room registers: the jobs that read and apply long files."""

from assessments.exchange import actions

__all__ = ["actions"]
