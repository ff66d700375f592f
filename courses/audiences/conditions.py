"""Conditions of audiences; higher apps register more of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise

from trainingsite.core.registry import Registry


@dataclass(frozen=True)
class Condition:
    """`q` turns the stored value into a condition on User for a day; `field` makes the form field that asks for it.

    `describe` says the condition in words; it raises ValueError when the stored value no longer means anything.
    """

    label: str | Promise
    field: Callable[[], forms.Field]
    q: Callable[[Any, date], Q]
    describe: Callable[[Any], str]


CONDITIONS: Registry[Condition] = Registry("audience condition")
