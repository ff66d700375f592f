"""What the releases plug in: who is asked again when a version is published."""

from courses.curriculum.hooks import VERSION_PUBLISHED
from courses.releases import notices
from courses.releases.asking import ask_after_publishing

__all__ = ["notices"]  # registers a kind of notice

VERSION_PUBLISHED.register("ask_again", ask_after_publishing)
