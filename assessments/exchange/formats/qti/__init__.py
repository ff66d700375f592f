"""QTI 2.1 and 3, in and out."""

from assessments.exchange.formats.qti.reader import read
from assessments.exchange.formats.qti.writer import write_2, write_3

__all__ = ["read", "write_2", "write_3"]
