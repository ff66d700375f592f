"""Spans of days in exclusion constraints: what must not overlap."""

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db.models import Func


class Days(Func):
    """The days from the first to the last, the last one among them; without a last day for ever."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()


class DaysUntil(Func):
    """The days from the first to the day before the last; without a last day for ever."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[)')"
    output_field = DateRangeField()


class Alone(Func):
    """A number as a range of itself: GiST compares ranges without an extension."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, %(expressions)s, '[]')"
    output_field = BigIntegerRangeField()
