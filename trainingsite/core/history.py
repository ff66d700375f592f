"""Who changed what, when: PostgreSQL triggers write every insert, update and delete of a tracked model."""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=models.Model)


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type[M]], type[M]]:
    """Decorator of a model; `exclude` names fields that must not be kept, such as passwords."""
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    options: dict[str, Any] = {"exclude": list(exclude)} if exclude else {}
    decorate: Callable[[type[M]], type[M]] = pghistory.track(*events, **options)
    return decorate
