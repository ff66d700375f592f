"""What wishes plug in."""

from mentoring.wishes import panels

__all__ = ["panels"]
