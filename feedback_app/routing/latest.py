"""Keeping what was compiled for the catalogue last used: there is one in force at a time."""

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Latest(Generic[K, V]):
    """Calls ``make`` again only when asked for another object than the last one."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._kept: tuple[K, V] | None = None

    def __call__(self, key: K) -> V:
        kept = self._kept  # one read: another thread may replace it meanwhile
        if kept is None or kept[0] is not key:
            kept = self._kept = (key, self._make(key))
        return kept[1]
