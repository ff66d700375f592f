"""Named things that higher apps plug into lower ones: unit kinds, audience conditions, home panels."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Keeps one thing per name; the owner of the thing registers it in its `AppConfig.ready`."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._things: dict[str, T] = {}

    def register(self, name: str, thing: T) -> T:
        """Add `thing` under `name`; raises ValueError when another thing holds the name."""
        if self._things.get(name, thing) is not thing:
            raise ValueError(f"{self.what} {name!r} is registered twice")
        self._things[name] = thing
        return thing

    def registers(self, name: str) -> Callable[[T], T]:
        """Decorator form of `register`."""
        return lambda thing: self.register(name, thing)

    def __getitem__(self, name: str) -> T:
        return self._things[name]

    def __contains__(self, name: str) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def items(self) -> list[tuple[str, T]]:
        return list(self._things.items())

    def values(self) -> list[T]:
        return list(self._things.values())
