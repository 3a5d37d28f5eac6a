"""What a reader of all releases can still work out about the hidden counts. Pure."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import vstack

from feedback_app.disclosure.programs import Vector, solve
from feedback_app.disclosure.systems import BALANCE, Label, Shape, System
from feedback_app.disclosure.tables import MANY, Contradiction, Key, Protected, Release

SPREAD = 4  # possible values that every hidden count keeps

Range = tuple[int, int]  # least and greatest possible value


def audit(protected: Protected) -> Mapping[Key, Range]:
    """Return of every hidden count the least and the greatest value that fit all that is shown.

    ``MANY`` where nothing bounds it from above.

    Raises:
        Contradiction: no counts fit what is shown.
    """
    return audit_together([Release(protected)])[0]


def audit_together(releases: Sequence[Release]) -> tuple[Mapping[Key, Range], ...]:
    """Return the same for a reader who knows all ``releases``, one mapping for each of them."""
    ranges = Reader(releases).ranges()
    return tuple(
        {key: found for (number, key), found in ranges.items() if number == i} for i in range(len(releases))
    )


def narrowed(releases: Sequence[Release], spread: int = SPREAD) -> tuple[tuple[int, Key], ...]:
    """Return (release, key) of each hidden count that has fewer than ``spread`` possible values."""
    reader = Reader(releases)
    ranges = reader.ranges()
    return tuple(label for label in reader.hidden if not reader.keeps(label, ranges[label], spread))


class Reader:
    """Somebody who knows every shown count, and that nobody is counted less than zero times."""

    def __init__(self, releases: Sequence[Release], *, split: bool = True) -> None:
        shapes = [
            Shape(each.protected.dimensions, each.periods, tuple(each.protected.values)) for each in releases
        ]
        self._system = System(shapes, split=split)
        shown = {
            label: 0 if label[0] == BALANCE else releases[label[0]].protected.values[label[1]]
            for label in self._system.labels
        }
        least = [0.0 if each.protected.zeros_hidden else 1.0 for each in releases]
        self.hidden = [label for label, n in shown.items() if n is None]
        self._low = np.array([least[label[0]] if n is None else n for label, n in shown.items()], dtype=float)
        self._high = np.array([MANY if n is None else n for n in shown.values()], dtype=float)
        unknowns = len(self._system.unknowns)
        self._bounds = (np.zeros(unknowns), np.full(unknowns, float(MANY)))
        self._solutions: list[Vector] = []

    def ranges(self) -> dict[Label, Range]:
        """Return the range of each hidden count; a solution that shows one extreme is used for all of them."""
        least, most = np.full(len(self._low), np.inf), np.full(len(self._low), -np.inf)
        for label in self.hidden:
            row = self._system.row[label]
            for sign in (1.0, -1.0):
                if (least[row] > self._low[row]) if sign > 0 else (most[row] < MANY):
                    counts = self._extreme(row, sign)
                    least, most = np.minimum(least, counts), np.maximum(most, counts)
        return {
            label: (int(least[self._system.row[label]]), min(MANY, int(most[self._system.row[label]])))
            for label in self.hidden
        }

    def keeps(self, label: Label, found: Range, spread: int) -> bool:
        """Whether the hidden count has ``spread`` possible values, none of them taken on trust."""
        row = self._system.row[label]
        seen = {int(counts[row]) for counts in self._solutions}
        for value in range(found[0], found[1] + 1):
            if len(seen) >= spread:
                return True
            if value not in seen and self._holds(row, value):
                seen.add(value)
        return len(seen) >= spread

    def _holds(self, row: int, value: int) -> bool:
        matrix = vstack([self._system.sums, self._system.sums[[row]]], format="csr")
        low, high = np.append(self._low, value), np.append(self._high, value)
        return solve(np.zeros(matrix.shape[1]), matrix, low, high, self._bounds) is not None

    def _extreme(self, row: int, sign: float) -> Vector:
        sums = self._system.sums
        point = solve(sign * sums[[row]].toarray()[0], sums, self._low, self._high, self._bounds)
        if point is None:
            raise Contradiction(f"no counts fit what is shown, {self._system.labels[row]} among them")
        counts: Vector = np.round(sums @ point)
        self._solutions.append(counts)
        return counts
