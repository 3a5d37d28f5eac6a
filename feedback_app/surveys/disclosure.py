"""Which counts may be shown, so that no small one follows from its row, its column and the totals. Pure.

Agencies are rows and fields columns, both nodes of a graph in which each hidden count is an edge; a hidden
count follows from what is shown exactly when its edge lies on no cycle of hidden ones. So each gets a cycle,
the cheapest one: the fewest answers withheld besides.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping

from feedback_app.surveys.rules import LEAST

TOTAL = ""  # stands for "all agencies" or "all fields"

Key = tuple[str, str]  # (agency, field)
Node = tuple[str, str]  # ("row", agency) or ("column", field)


def disclosable(cells: Mapping[Key, int]) -> dict[Key, int | None]:
    """Return the counts with their totals (``TOTAL`` in place of a code); ``None`` where one is hidden.

    Hidden are the counts from 1 to 4 and as many others as it takes that none follows from what is shown, and
    that no line shows by subtraction fewer than 5 answers. Empty cells are left out: nobody answered there.
    """
    table = with_totals(cells)
    hidden = {key for key, n in table.items() if n < LEAST}
    while more := _needed(table, hidden):
        hidden |= more
    return {key: None if key in hidden else n for key, n in table.items()}


def with_totals(cells: Mapping[Key, int]) -> dict[Key, int]:
    """Return the counts that are not zero with the totals of their rows, their columns and of all."""
    table: dict[Key, int] = {}
    for (agency, field), n in cells.items():
        if n:
            for key in ((agency, field), (agency, TOTAL), (TOTAL, field), (TOTAL, TOTAL)):
                table[key] = table.get(key, 0) + n
    return table


def _needed(table: Mapping[Key, int], hidden: set[Key]) -> set[Key]:
    """Return some more counts to hide, none when the table can be shown."""
    for key in sorted(hidden):
        path = _cheapest_way_round(key, table, hidden) - hidden
        if path:
            return path
    return _thin(table, hidden)


def _thin(table: Mapping[Key, int], hidden: set[Key]) -> set[Key]:
    """Return what to hide in a line whose shown total gives away the sum of a few hidden answers."""
    for total, line in _lines(table):
        inside = [key for key in line if key in hidden]
        if total in hidden or not inside or sum(table[key] for key in inside) >= LEAST:
            continue
        shown = [key for key in line if key not in hidden]
        return {min(shown, key=lambda key: (table[key], key))}
    return set()


def _lines(table: Mapping[Key, int]) -> Iterator[tuple[Key, list[Key]]]:
    """Yield each row and column as its total and the counts that add up to it."""
    for agency in {agency for agency, _ in table}:
        yield (agency, TOTAL), [key for key in table if key[0] == agency and key[1] != TOTAL]
    for field in {field for _, field in table}:
        yield (TOTAL, field), [key for key in table if key[1] == field and key[0] != TOTAL]


def _cheapest_way_round(key: Key, table: Mapping[Key, int], hidden: set[Key]) -> set[Key]:
    """Return the other edges of the cheapest cycle through ``key``; hidden ones cost nothing."""
    start, goal = _ends(key)
    neighbours = _neighbours(
        edge for edge in table if edge != key and (edge != (TOTAL, TOTAL) or edge in hidden)
    )
    queue: list[tuple[int, Node, frozenset[Key]]] = [(0, start, frozenset())]
    done: set[Node] = set()
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == goal:
            return set(path)
        if node in done:
            continue
        done.add(node)
        for edge, other in neighbours.get(node, ()):
            step = 0 if edge in hidden else table[edge]
            heapq.heappush(queue, (cost + step, other, path | {edge}))
    raise AssertionError(f"no way round {key}")  # two counts or more always lie on a cycle with their totals


def _neighbours(edges: Iterable[Key]) -> dict[Node, list[tuple[Key, Node]]]:
    found: dict[Node, list[tuple[Key, Node]]] = {}
    for edge in edges:
        row, column = _ends(edge)
        found.setdefault(row, []).append((edge, column))
        found.setdefault(column, []).append((edge, row))
    return found


def _ends(key: Key) -> tuple[Node, Node]:
    return ("row", key[0]), ("column", key[1])
