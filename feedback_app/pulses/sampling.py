"""A random stratified sample that can be drawn again from its seed, and the cells in which answers are counted. Pure.

The seed decides an order of all tax codes (that of the SHA-256 of seed and tax code); of each stratum the first so many
are invited. Whoever has the list and the seed draws the same sample with a spreadsheet.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Stratum = tuple[str, str]  # field, size; an unknown size is empty
ALL = ""  # a cell that takes in all sizes of a field, or all small fields


@dataclass(frozen=True, slots=True)
class Unit:
    """An enterprise that may be drawn."""

    tax_code: str
    field: str
    size: str

    @property
    def stratum(self) -> Stratum:
        return self.field, self.size


def allocation(sizes: Mapping[Stratum, int], sample: int, least: int) -> dict[Stratum, int]:
    """Return how many of each stratum are drawn: ``sample`` in all, or everybody where there are fewer.

    Each stratum first gets ``least`` (all of it where it has fewer), or less where the sample does not reach that far;
    the rest is shared in proportion to what is left of each, by largest remainders.
    """
    total = min(sample, sum(sizes.values()))
    floor = _floor(sizes, total, least)
    taken = {stratum: min(n, floor) for stratum, n in sizes.items()}
    left = {stratum: sizes[stratum] - n for stratum, n in taken.items()}
    rest, room = total - sum(taken.values()), sum(left.values())
    if not rest:
        return taken
    quotas = {stratum: rest * n / room for stratum, n in left.items()}
    shares = {stratum: int(quota) for stratum, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda s: (shares[s] - quotas[s], s))
    for stratum in by_remainder[: rest - sum(shares.values())]:
        shares[stratum] += 1
    return {stratum: n + shares[stratum] for stratum, n in taken.items()}


def order(seed: str, tax_code: str) -> str:
    """Return where an enterprise stands in the order that the seed decides."""
    return hashlib.sha256(f"{seed}|{tax_code}".encode()).hexdigest()


def drawn(units: Iterable[Unit], seed: str, sample: int, least: int) -> list[Unit]:
    """Return the sample, in the order that the seed decides; the order of ``units`` does not matter."""
    units = list(units)
    left = allocation(Counter(unit.stratum for unit in units), sample, least)
    found = []
    for unit in sorted(units, key=lambda one: order(seed, one.tax_code)):
        if left[unit.stratum]:
            left[unit.stratum] -= 1
            found.append(unit)
    return found


def cells(invited: Mapping[Stratum, int], least: int) -> dict[Stratum, Stratum]:
    """Return in which cell each stratum's answers are counted, so that at least ``least`` people share one.

    Small sizes of a field go together, then the whole field, then small fields; the last resort is one cell for all.
    """
    found: dict[Stratum, Stratum] = {}
    pool: list[str] = []
    for field in sorted({field for field, _size in invited}):
        own = {stratum: n for stratum, n in invited.items() if stratum[0] == field}
        if sum(own.values()) < least:
            pool.append(field)
        found |= _cells_of_field(own, least)
    return _pooled(found, invited, pool, least)


def _floor(sizes: Mapping[Stratum, int], total: int, least: int) -> int:
    """Return the greatest number up to ``least`` that the sample can give to every stratum."""
    fitting = (n for n in range(least, 0, -1) if sum(min(size, n) for size in sizes.values()) <= total)
    return next(fitting, 0)


def _cells_of_field(own: Mapping[Stratum, int], least: int) -> dict[Stratum, Stratum]:
    small = {stratum: n for stratum, n in own.items() if n < least}
    merged = own if 0 < sum(small.values()) < least else small
    return {stratum: (stratum[0], ALL) if stratum in merged else stratum for stratum in own}


def _pooled(
    found: Mapping[Stratum, Stratum], invited: Mapping[Stratum, int], pool: list[str], least: int
) -> dict[Stratum, Stratum]:
    """Return the cells with the small fields together, and so many others with them that these are enough."""
    totals = Counter[str]()
    for (field, _size), n in invited.items():
        totals[field] += n
    others = sorted(set(totals) - set(pool), key=lambda field: (totals[field], field))
    while pool and sum(totals[field] for field in pool) < least and others:
        pool.append(others.pop(0))
    return {stratum: (ALL, ALL) if stratum[0] in pool else cell for stratum, cell in found.items()}
