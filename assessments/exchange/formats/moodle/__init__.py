"""Moodle XML, in and out."""

from assessments.exchange.formats.moodle.reader import read
from assessments.exchange.formats.moodle.writer import write

__all__ = ["read", "write"]
