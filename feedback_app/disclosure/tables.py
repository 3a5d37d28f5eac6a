"""Tables of counts with all their margins, whole and with counts hidden. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

TOTAL = ""  # in place of a category: summed over it
MANY = 1_000_000  # no least upper bound follows from what is shown

Key = tuple[str, ...]  # a category, or TOTAL, for each dimension
Dimensions = tuple[tuple[str, tuple[str, ...]], ...]  # (name, categories) in order


class Unprotectable(ValueError):
    """What is shown already gives a count away, whatever else is hidden."""


class Contradiction(ValueError):
    """No counts fit what is shown: the releases do not belong together."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts over one or more dimensions; a full cell that is not named counts 0."""

    dimensions: Dimensions
    counts: Mapping[Key, int] = field(hash=False)

    def __post_init__(self) -> None:
        wrong = [key for key, n in self.counts.items() if n < 0 or not _is_cell(key, self.dimensions)]
        if wrong:
            raise ValueError(f"not a count of a full cell: {wrong[0]}")

    def keys(self, ways: int | None = None) -> Iterator[Key]:
        """Yield the keys of cells and margins that name at most ``ways`` categories, all unless given."""
        for key in product(*((*categories, TOTAL) for _, categories in self.dimensions)):
            if ways is None or len(key) - key.count(TOTAL) <= ways:
                yield key

    def with_totals(self) -> dict[Key, int]:
        """Return all cells and margins."""
        values = dict.fromkeys(self.keys(), 0)
        for cell, n in self.counts.items():
            for key in product(*((category, TOTAL) for category in cell)):
                values[key] += n
        return values


@dataclass(frozen=True, slots=True)
class Protected:
    """Cells and margins as they are shown; ``None`` is hidden.

    Of a hidden count a reader knows that it is at least 0, or at least 1 when zeros are shown.
    """

    dimensions: Dimensions
    values: Mapping[Key, int | None] = field(hash=False)
    zeros_hidden: bool

    @property
    def hidden(self) -> frozenset[Key]:
        return frozenset(key for key, n in self.values.items() if n is None)


@dataclass(frozen=True, slots=True)
class Release:
    """A protected table and the shortest periods it counts together.

    Releases that share a period are margins of one table: ``("2026-10",)`` and ``("2026-10", "2026-11", "2026-12")``
    are a month and the quarter that it is part of.
    """

    protected: Protected
    periods: tuple[str, ...] = ("",)


def _is_cell(key: Key, dimensions: Dimensions) -> bool:
    return len(key) == len(dimensions) and all(
        category in categories for category, (_, categories) in zip(key, dimensions, strict=True)
    )
