"""How often something may be asked for."""

from django.core.cache import cache


def too_often(key: str, *, most: int, seconds: int) -> bool:
    """Count this time, and say whether it was more than `most` within `seconds` from the first."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it has run out between the two
        return False
