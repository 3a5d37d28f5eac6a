"""What can be worked out of a small table, by trying every count; shares no code with what it checks."""

import random
from itertools import product

from feedback_app.disclosure import TOTAL, Table


def table(counts: dict[tuple[str, ...], int], *sizes: int) -> Table:
    """Return a table with categories a0, a1 … b0, b1 …"""
    names = "abcd"
    dimensions = tuple((names[i], tuple(f"{names[i]}{j}" for j in range(n))) for i, n in enumerate(sizes))
    return Table(dimensions, counts)


def drawn(draw: random.Random, sizes: tuple[int, ...], mean: float) -> Table:
    """Return a table of counts drawn around ``mean``, many of them small."""
    cells = product(*(tuple(f"{'abcd'[i]}{j}" for j in range(n)) for i, n in enumerate(sizes)))
    return table({cell: int(draw.expovariate(1 / mean)) for cell in cells}, *sizes)


def possible(dimensions, values, zeros_hidden):
    """Return, by hidden key, the set of values that fit all shown ones."""
    cells = list(product(*(categories for _, categories in dimensions)))
    sums = {key: [cell for cell in cells if _within(cell, key)] for key in values}
    shown = [(sums[key], n) for key, n in values.items() if n is not None]
    found = {key: set() for key, n in values.items() if n is None}
    least = 0 if zeros_hidden else 1
    for world in _worlds(cells, shown):
        counts = {key: sum(world[cell] for cell in sums[key]) for key in found}
        if all(n >= least for n in counts.values()):
            for key, n in counts.items():
                found[key].add(n)
    return found


def _within(cell, key):
    return all(wanted in (TOTAL, category) for category, wanted in zip(cell, key, strict=True))


def _worlds(cells, shown):
    """Yield every assignment of counts that adds up to all shown sums."""
    lines = [[frozenset(members), n] for members, n in shown]

    def fill(number, world, left):
        if number == len(cells):
            yield dict(world)
            return
        cell = cells[number]
        mine = [i for i, (members, _) in enumerate(lines) if cell in members]
        for n in range(min(left[i] for i in mine) + 1):
            for i in mine:
                left[i] -= n
            world[cell] = n
            later = set(cells[number + 1 :])
            if all(left[i] == 0 or lines[i][0] & later for i in mine):
                yield from fill(number + 1, world, left)
            for i in mine:
                left[i] += n

    yield from fill(0, {}, [n for _, n in lines])
