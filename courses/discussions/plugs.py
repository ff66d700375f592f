"""What discussions plug in: the kind of unit, their notices, the panel of open questions."""

from courses.discussions import kind, notices, pack, panels

__all__ = ["kind", "notices", "pack", "panels"]
