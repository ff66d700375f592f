"""GIFT, in and out."""

from assessments.exchange.formats.gift.reader import read
from assessments.exchange.formats.gift.writer import write

__all__ = ["read", "write"]
