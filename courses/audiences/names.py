"""Names of what conditions point to; a list of many rules fetches them all at once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model

_remembered: ContextVar[dict[type[Model], dict[int, str]] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within the block, names are fetched once a model instead of once a condition."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def names_of(model: type[Model], ids: Iterable[int]) -> list[str]:
    """The names of these rows; raises ValueError when one of them is gone."""
    known = _remembered.get()
    if known is not None and model not in known:
        known[model] = _fetch(model)
    names = _fetch(model, ids) if known is None else known[model]
    try:
        return [names[pk] for pk in ids]
    except KeyError as missing:
        raise ValueError(f"{model.__name__} {missing} is gone") from missing


def _fetch(model: type[Model], ids: Iterable[int] | None = None) -> dict[int, str]:
    rows = model._default_manager.all() if ids is None else model._default_manager.filter(pk__in=list(ids))  # noqa: SLF001 - Django's public name for it
    return {row.pk: str(row) for row in rows}
