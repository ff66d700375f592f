"""What evaluations plug in."""

from mentoring.evaluations import notices

__all__ = ["notices"]
