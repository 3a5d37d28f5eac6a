"""Releases as sums over the same unknown counts, so that all of them can be asked at once. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from scipy.sparse import csr_matrix

from feedback_app.disclosure.tables import TOTAL, Dimensions, Key

Label = tuple[int, Key]  # which release, which of its counts
Names = tuple[str, ...]  # dimensions
BALANCE = -1  # in place of a release: that two families of unknowns add up to the same


@dataclass(frozen=True)
class Shape:
    """What a release counts: its dimensions, the periods it adds up, the keys that it names."""

    dimensions: Dimensions
    periods: tuple[str, ...]
    keys: tuple[Key, ...]


class System:
    """The unknowns and each count as a sum of them.

    An unknown stands for each period and cell over all dimensions. Where the releases hang together as a tree (see
    ``families``), each has unknowns of its own (``split``), and rows at the end (``balances``, always 0) say that
    neighbours add up to the same.
    """

    def __init__(self, shapes: Sequence[Shape], *, split: bool = True) -> None:
        self.dimensions = _all_dimensions(shapes)
        self._shapes = shapes
        self._families, self._links = _families([_names(shape) for shape in shapes], split=split)
        self._periods = {
            family: tuple(dict.fromkeys(p for i in of for p in shapes[i].periods))
            for family, of in self._families.items()
        }
        self.unknowns = {unknown: i for i, unknown in enumerate(self._unknowns())}
        self.labels: list[Label] = [(i, key) for i, shape in enumerate(shapes) for key in shape.keys]
        self.balances = list(self._balances())
        self.labels += [(BALANCE, (str(i),)) for i in range(len(self.balances))]
        self.row = {label: i for i, label in enumerate(self.labels)}
        self.sums = self._sums()

    @cached_property
    def growing(self) -> csr_matrix:
        """The counts as sums of unknowns, none of them taken away: without the balances."""
        return self.sums[: len(self.labels) - len(self.balances)]

    def _cells(self, family: Names) -> Iterator[Key]:
        return product(*(self.dimensions[name] for name in family))

    def _unknowns(self) -> Iterator[tuple[Names, str, Key]]:
        for family in self._families:
            for period in self._periods[family]:
                yield from ((family, period, cell) for cell in self._cells(family))

    def _balances(self) -> Iterator[list[tuple[int, int]]]:
        """Yield which unknowns add up to the same as which others, as (unknown, 1 or -1)."""
        for one, other in self._links:
            for period in self._periods[one]:
                if period in self._periods[other]:
                    mine, others = self._by_shared(one, other, period), self._by_shared(other, one, period)
                    for cell in mine:
                        yield [(u, 1) for u in mine[cell]] + [(u, -1) for u in others[cell]]

    def _by_shared(self, family: Names, other: Names, period: str) -> dict[Key, list[int]]:
        """Return the unknowns of a family by their cell over the dimensions shared with another."""
        places = [i for i, name in enumerate(family) if name in other]
        order = sorted(places, key=lambda i: family[i])
        found: dict[Key, list[int]] = {}
        for cell in self._cells(family):
            key = tuple(cell[i] for i in order)
            found.setdefault(key, []).append(self.unknowns[family, period, cell])
        return found

    def _sums(self) -> csr_matrix:
        entries = [*self._entries()]
        first = len(self.labels) - len(self.balances)
        entries += [(first + i, u, sign) for i, balance in enumerate(self.balances) for u, sign in balance]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.labels), len(self.unknowns))
        return csr_matrix((np.array(values, dtype=float), (rows, columns)), shape=shape)

    def _entries(self) -> Iterator[tuple[int, int, int]]:
        for family, members in self._families.items():
            for number in members:
                shape = self._shapes[number]
                wanted, named = set(shape.keys), [family.index(name) for name in _names(shape)]
                for period, cell in product(shape.periods, self._cells(family)):
                    column = self.unknowns[family, period, cell]
                    for key in product(*((cell[place], TOTAL) for place in named)):
                        if key in wanted:
                            yield self.row[number, key], column, 1


def _names(shape: Shape) -> Names:
    return tuple(name for name, _ in shape.dimensions)


def _families(
    named: Sequence[Names], *, split: bool
) -> tuple[dict[Names, list[int]], list[tuple[Names, Names]]]:
    """Return which releases have their unknowns together, by the dimensions of these, and which are neighbours.

    Apart they are only if they hang together as a tree in which whoever shares a dimension is joined by others with
    it. Then any tables that agree on what neighbours share are margins of one whole table, so nothing is lost.
    """
    distinct = {frozenset(names): names for names in reversed(named)}
    largest = [names for own, names in distinct.items() if not any(own < other for other in distinct)]
    links = _tree(largest)
    if not split or not _is_joined(largest, links):
        largest, links = [tuple(dict.fromkeys(name for names in named for name in names))], []
    found: dict[Names, list[int]] = {names: [] for names in largest}
    for number, names in enumerate(named):
        found[next(family for family in found if set(names) <= set(family))].append(number)
    return found, links


def _tree(families: Sequence[Names]) -> list[tuple[Names, Names]]:
    """Return the edges of a tree over the families, joining those first that share most."""
    inside, links = list(families[:1]), []
    while len(inside) < len(families):
        edges = [(one, other) for one in inside for other in families if other not in inside]
        link = max(edges, key=lambda edge: len(set(edge[0]) & set(edge[1])))
        inside.append(link[1])
        links.append(link)
    return links


def _is_joined(families: Sequence[Names], links: Sequence[tuple[Names, Names]]) -> bool:
    """Whether the families that have a dimension hang together by edges that have it: one edge fewer than families."""
    names = {name for family in families for name in family}
    return all(
        sum(name in family for family in families)
        == 1 + sum(name in one and name in other for one, other in links)
        for name in names
    )


def _all_dimensions(shapes: Iterable[Shape]) -> Mapping[str, tuple[str, ...]]:
    """Return every dimension with its categories.

    Raises:
        ValueError: two releases know different categories of one dimension.
    """
    found: dict[str, tuple[str, ...]] = {}
    for shape in shapes:
        for name, categories in shape.dimensions:
            if set(found.setdefault(name, categories)) != set(categories):
                raise ValueError(f"categories of {name} differ between releases")
    return found
