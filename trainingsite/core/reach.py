"""Every field of a form or of REST that takes a day or a moment refuses one that nobody means.

Near the first and the last year of the calendar adding a week or changing the zone overflows; `default_validators` is
where Django and REST framework let a kind of field have a check everywhere.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from trainingsite.core.given import FIRST_YEAR, LAST_YEAR


def within_reach(value: date) -> None:
    """Raises ValidationError for a day or a moment outside the years that people plan in."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise ValidationError(_("Choose a date between the years %(first)s and %(last)s.") % years, code="out_of_reach")


_FIELDS: tuple[Any, ...] = (forms.DateField, forms.DateTimeField, serializers.DateField, serializers.DateTimeField)
for field in _FIELDS:
    field.default_validators = [*field.default_validators, within_reach]
