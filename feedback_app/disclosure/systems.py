"""Releases as sums over the same unknown counts, so that all of them can be asked at once. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.sparse import csr_matrix

from feedback_app.disclosure.tables import TOTAL, Dimensions, Key

Label = tuple[int, Key]  # which release, which of its counts


@dataclass(frozen=True)
class Shape:
    """What a release counts: its dimensions, the periods it adds up, the keys that it names."""

    dimensions: Dimensions
    periods: tuple[str, ...]
    keys: tuple[Key, ...]


class System:
    """The unknowns (one for each period and cell over all dimensions) and each count as a sum of them."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.dimensions = _all_dimensions(shapes)
        periods = dict.fromkeys(period for shape in shapes for period in shape.periods)
        cells = list(product(*(categories for categories in self.dimensions.values())))
        self.unknowns = {(period, cell): i for i, (period, cell) in enumerate(product(periods, cells))}
        self.labels: list[Label] = [(i, key) for i, shape in enumerate(shapes) for key in shape.keys]
        self.row = {label: i for i, label in enumerate(self.labels)}
        self.sums = self._sums(shapes)

    def _sums(self, shapes: Sequence[Shape]) -> csr_matrix:
        rows: list[int] = []
        columns: list[int] = []
        for number, shape in enumerate(shapes):
            named = [list(self.dimensions).index(name) for name, _ in shape.dimensions]
            wanted = set(shape.keys)
            for (period, cell), column in self.unknowns.items():
                if period not in shape.periods:
                    continue
                for key in product(*((cell[place], TOTAL) for place in named)):
                    if key in wanted:
                        rows.append(self.row[number, key])
                        columns.append(column)
        ones = np.ones(len(rows))
        return csr_matrix((ones, (rows, columns)), shape=(len(self.labels), len(self.unknowns)))


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
