"""Excel, in and out."""

from assessments.exchange.formats.excel.reader import read
from assessments.exchange.formats.excel.writer import template, write

__all__ = ["read", "template", "write"]
