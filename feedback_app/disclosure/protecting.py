"""Hiding small counts and as few others as it takes that none of them can be worked out. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from feedback_app.disclosure.auditing import SPREAD
from feedback_app.disclosure.guarding import Guard
from feedback_app.disclosure.programs import Vector
from feedback_app.disclosure.systems import Label, Shape, System
from feedback_app.disclosure.tables import TOTAL, Key, Protected, Table, Unprotectable

MARGIN = 4.0  # how many times dearer it is to hide a count that one dimension is summed over in
MINIMUM = 5  # counts below it are hidden


@dataclass(frozen=True, slots=True)
class Source:
    """A table to be released, the shortest periods it adds up, and how it stands if it is released already.

    ``hidden`` are counts that an earlier edition of the same table hid: they stay hidden, whatever they are now.
    """

    table: Table
    periods: tuple[str, ...] = ("",)
    frozen: Protected | None = None
    ways: int | None = None
    hidden: frozenset[Key] = frozenset()

    def values(self) -> dict[Key, int]:
        """Return the counts that are to be shown or hidden."""
        wanted = self.frozen.values if self.frozen else set(self.table.keys(self.ways))
        return {key: n for key, n in self.table.with_totals().items() if key in wanted}

    def shape(self) -> Shape:
        return Shape(self.table.dimensions, self.periods, tuple(self.values()))

    def settled(self) -> Mapping[Key, int | None]:
        return self.frozen.values if self.frozen else {}


def protect(
    table: Table,
    minimum: int = MINIMUM,
    spread: int = SPREAD,
    *,
    zeros_hidden: bool = True,
    ways: int | None = None,
) -> Protected:
    """Return the table with every count below ``minimum`` hidden, and others, until each keeps ``spread`` values.

    Zeros count as small unless they are shown (``zeros_hidden=False``), which tells that a hidden count is not
    zero. Of many dimensions only keys that name at most ``ways`` categories are shown, all unless given. The same
    table gives the same answer.
    """
    return protect_together([Source(table, ways=ways)], minimum, spread, zeros_hidden=zeros_hidden)[0]


def protect_together(
    sources: Sequence[Source],
    minimum: int = MINIMUM,
    spread: int = SPREAD,
    *,
    zeros_hidden: bool = True,
) -> tuple[Protected, ...]:
    """Return the tables so protected that one does not give away what another hides.

    Raises:
        Unprotectable: what is frozen gives a count away.
        ValueError: tables that share periods differ in their counts or in a dimension's categories.
    """
    values = [source.values() for source in sources]
    system = System([source.shape() for source in sources])
    true = {(i, key): n for i, shown in enumerate(values) for key, n in shown.items()}
    settled = {(i, key): n for i, source in enumerate(sources) for key, n in source.settled().items()}
    guard = Guard(system, true, least=0 if zeros_hidden else 1, spread=spread)
    guard.freeze(system.row[label] for label, n in settled.items() if n is not None)
    forced = {label for label, n in true.items() if n < minimum and (n or zeros_hidden)} - settled.keys()
    forced |= {label for label, n in settled.items() if n is None}
    again = {(i, key) for i, source in enumerate(sources) for key in source.hidden & values[i].keys()}
    forced |= {label for label in again if true[label] or zeros_hidden}
    _complete(guard, [system.row[label] for label in forced], _weights(system, true))
    return tuple(
        Protected(
            source.table.dimensions,
            {key: None if guard.hides(system.row[i, key]) else n for key, n in shown.items()},
            zeros_hidden,
        )
        for i, (source, shown) in enumerate(zip(sources, values, strict=True))
    )


def _complete(guard: Guard, forced: Iterable[int], weights: Vector) -> None:
    """Hide what is forced and what it takes besides, then show again whatever turns out not to be needed."""
    guard.hide(forced)
    besides: dict[int, int] = {}  # hidden besides → for the sake of which count
    while (weak := guard.first_weak()) is not None:
        more = guard.needed(weak, weights)
        if not more:
            raise Unprotectable(f"{guard.labels[weak]} follows from what is shown already")
        guard.hide(more)
        besides.update(dict.fromkeys(more, weak))
    for row in sorted(besides, key=lambda row: (-weights[row], row)):
        guard.show(row, besides[row])


def _weights(system: System, true: Mapping[Label, int]) -> Vector:
    """Return what hiding a count costs: more for large ones, much more for margins."""
    return np.array(
        [(1 + math.log2(1 + true.get(label, 0))) * MARGIN ** label[1].count(TOTAL) for label in system.labels]
    )
