"""Looks for proofs that a hidden count may have other values, and for the cheapest counts to hide besides. Pure.

A proof is a whole table of other counts that fits everything shown. Those found are kept, since each speaks for many
hidden counts at once.
"""

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix, hstack

from feedback_app.disclosure.programs import NEAR, Vector, corner, is_whole, solve
from feedback_app.disclosure.systems import Label, System
from feedback_app.disclosure.tables import MANY, Contradiction

LOOKS, AT_ONCE = 12, 3  # directions tried before counts are looked at one by one
FEW = 6  # weak counts that are looked at one by one at once
SEED = 1814


class Guard:
    """Which counts are hidden, and the tables known to fit what is shown."""

    def __init__(self, system: System, true: Mapping[Label, int], *, least: int, spread: int) -> None:
        self.labels = system.labels
        self._sums: csr_matrix = system.sums
        self._growing: csr_matrix = system.growing
        self._true = np.array([true.get(label, 0) for label in system.labels], dtype=float)
        self._least, self._spread = float(least), spread
        self._hidden = np.zeros(len(self.labels), dtype=bool)
        self._fixed = self._true < least
        self._fixed[self._growing.shape[0] :] = True  # a balance is no count
        self._random = np.random.default_rng(SEED)
        self._tables = self._true[None, :]
        if corner(self._noise(), self._sums, self._true, self._true, self._bounds) is None:
            raise Contradiction("the tables do not belong together")

    def hides(self, row: int) -> bool:
        return bool(self._hidden[row])

    def freeze(self, rows: Iterable[int]) -> None:
        """Say which counts are shown already."""
        self._fixed[list(rows)] = True

    def hide(self, rows: Iterable[int]) -> None:
        self._hidden[list(rows)] = True

    def show(self, row: int, reason: int) -> bool:
        """Show the count again if everything hidden stays safe, ``reason`` first; say whether it is shown."""
        before = self._tables
        self._hidden[row] = False
        self._tables = before[before[:, row] == self._true[row]]
        if self._safe(reason) and self.first_weak() is None:
            return True
        self._hidden[row] = True
        self._tables = np.unique(np.vstack([before, self._tables]), axis=0)
        return False

    def first_weak(self) -> int | None:
        """Return the smallest hidden count for which no proof is found, ``None`` if all are safe."""
        self._look_around()
        for row in sorted(self._weak(), key=lambda row: (self._true[row], row)):
            if not self._safe(row):
                return row
        return None

    def needed(self, row: int, weights: Vector) -> list[int]:
        """Return the shown counts of least weight that, hidden too, bring the count nearer to safety."""
        ways = [self._moved(row, values, weights) for values in self._ways_out(row)]
        return min(filter(None, ways), key=lambda rows: (weights[rows].sum(), rows), default=[])

    def _possible(self, row: int) -> int:
        return len(np.unique(self._tables[:, row]))

    def _weak(self) -> list[int]:
        ordered = np.sort(self._tables, axis=0)
        possible = 1 + (np.diff(ordered, axis=0) > 0).sum(axis=0)
        return [int(row) for row in np.flatnonzero(self._hidden & (possible < self._spread))]

    @property
    def _bounds(self) -> tuple[Vector, Vector]:
        """No unknown is greater than a shown count that it is part of."""
        counts = self._growing
        shown = np.where(self._hidden, float(MANY), self._true)[: counts.shape[0]]
        most = np.full(counts.shape[1], float(MANY))
        np.minimum.at(most, counts.indices, np.repeat(shown, np.diff(counts.indptr)))
        return np.zeros(len(most)), most

    def _limits(self) -> tuple[Vector, Vector]:
        return np.where(self._hidden, self._least, self._true), np.where(
            self._hidden, float(MANY), self._true
        )

    def _look_around(self) -> None:
        """Collect tables in drawn directions, as long as they speak for many counts."""
        weak = len(self._weak())
        for _ in range(LOOKS):
            if weak <= FEW:
                return
            for _ in range(AT_ONCE):
                point = corner(self._noise(), self._sums, *self._limits(), self._bounds)
                if point is not None and is_whole(point):
                    self._keep(point)
            before, weak = weak, len(self._weak())
            if before - weak <= AT_ONCE:
                return

    def _safe(self, row: int) -> bool:
        """Whether enough values are possible, trying those next to the true one where no table shows it yet."""
        if not self._hidden[row]:
            return True
        for way in (1, -1):
            for step in range(1, self._spread):
                value = self._true[row] + way * step
                if self._possible(row) >= self._spread or value < self._least:
                    break
                if value not in self._tables[:, row] and not self._try(row, value):
                    break
        return self._possible(row) >= self._spread

    def _try(self, row: int, value: float) -> bool:
        low, high = self._limits()
        low[row] = high[row] = value
        point = solve(self._noise(), self._sums, low, high, self._bounds)
        if point is not None:
            self._keep(point)
        return point is not None

    def _keep(self, point: Vector) -> None:
        self._tables = np.vstack([self._tables, np.round(self._sums @ point)])

    def _noise(self) -> Vector:
        return self._random.uniform(-1.0, 1.0, self._sums.shape[1])

    def _ways_out(self, row: int) -> list[list[float]]:
        """Return lists of values that would make the count safe: all above it, or as many below it as there are."""
        true, last = self._true[row], self._spread - 1
        down = int(min(true - self._least, last))
        above = [true + step for step in range(last, 0, -1)]
        return [above, [true - step for step in range(down, 0, -1)] + above[down:]]

    def _moved(self, row: int, values: list[float], weights: Vector) -> list[int]:
        """Return which shown counts move with the count, outermost values first."""
        missing = [value for value in values if value not in self._tables[:, row]]
        ends = {value for value in (min(values), max(values)) if value in missing}
        found = {moved for value in ends for moved in self._cheapest(row, value, weights)}
        for value in missing:
            found = found or set(self._cheapest(row, value, weights))
        return sorted(found)

    def _cheapest(self, row: int, value: float, weights: Vector) -> list[int]:
        """Return which shown counts move when the count gets ``value`` and what moves weighs least."""
        free = np.flatnonzero(~self._hidden & ~self._fixed)
        low, high = self._limits()
        low[row] = high[row] = value
        slack = csr_matrix((np.ones(len(free)), (free, np.arange(len(free)))), shape=(len(low), len(free)))
        matrix = hstack([self._sums, -slack, slack], format="csr")
        unknowns = self._sums.shape[1]
        cost = np.concatenate([np.zeros(unknowns), weights[free], weights[free]])
        bounds = (
            np.zeros(len(cost)),
            np.concatenate(
                [
                    np.full(unknowns, float(MANY)),
                    np.full(len(free), float(MANY)),
                    self._true[free] - self._least,
                ]
            ),
        )
        for program in (corner, partial(solve, whole=unknowns)):
            point = program(cost, matrix, low, high, bounds)
            if point is None:
                return []
            moved = point[unknowns : unknowns + len(free)] + point[unknowns + len(free) :] > NEAR
            if moved.any():
                return [int(each) for each in free[moved]]
        return []
