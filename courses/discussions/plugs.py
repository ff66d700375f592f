"""What discussions plug in: the kind of unit, their notices, the panel of open questions."""

from courses.discussions import kind, notices, panels

__all__ = ["kind", "notices", "panels"]
