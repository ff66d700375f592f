"""Facts: rows that are added and read, never changed and never removed by the application.

A trigger of the table refuses changes; `grant_app_role` takes the rights from the application's role, too.
"""

from typing import TypeVar

from django.db import models

Fact = TypeVar("Fact", bound=type[models.Model])
FACTS: list[type[models.Model]] = []


def fact(model: Fact) -> Fact:
    """Say of a model that its rows are facts."""
    FACTS.append(model)
    return model
