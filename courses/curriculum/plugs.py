"""What the curriculum plugs in."""

from courses.curriculum import articles

__all__ = ["articles"]  # registers the unit kind "article"
