"""Weights for those who did not answer, and what a weighted share is worth. Pure.

A cell is a field and a size. Who answered in it stands for all of the register in it: the weight is the share of the
cell in the register over that in the answers, so that the mean weight is 1. A weight is cut at ``most`` times the mean;
the effective n (Kish) says how many equal answers the weighted ones are worth, and never exceeds their number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from feedback_app.pulses.sampling import Stratum

Counts = Mapping[str, int]  # option → answers
DIGITS = 6  # a share as it is published


@dataclass(frozen=True, slots=True)
class Weighted:
    """A share of those who answered: ``n`` of them, worth ``effective`` equal ones; ``share`` None: nobody did."""

    n: int
    share: float | None
    effective: float

    @property
    def whole(self) -> tuple[int, int]:
        """Return the share as whole numbers of effective answers, which every later figure is made of."""
        n = floor(self.effective)
        return floor((self.share or 0.0) * n + 0.5), n


def weights(
    register: Mapping[Stratum, int], answered: Mapping[Stratum, int], most: float
) -> dict[Stratum, float]:
    """Return the weight of one answer of each cell that has answers.

    Args:
        register: how many of the register each cell has; cells without an answer are left out of account.
        answered: how many answered in each cell.
        most: the greatest weight, as a multiple of the mean.
    """
    cells = {cell: n for cell, n in answered.items() if n and register.get(cell)}
    people, answers = sum(register[cell] for cell in cells), sum(cells.values())
    raw = {cell: (register[cell] / people) / (n / answers) for cell, n in cells.items()}
    return {cell: min(weight, most) for cell, weight in raw.items()}


def share(
    counts: Mapping[Stratum, Counts],
    weight: Mapping[Stratum, float],
    numerator: frozenset[str],
    denominator: frozenset[str],
) -> Weighted:
    """Return the weighted share of ``numerator`` among ``denominator``, options of one question."""
    total = good = squares = 0.0
    n = 0
    for cell, own in counts.items():
        of, inside = (sum(own.get(code, 0) for code in codes) for codes in (denominator, numerator))
        each = weight.get(cell, 0.0)
        n += of
        total, good, squares = total + each * of, good + each * inside, squares + each * each * of
    if not squares:
        return Weighted(n, None, 0.0)
    return Weighted(n, round(good / total, DIGITS), round(min(total * total / squares, n), DIGITS))
