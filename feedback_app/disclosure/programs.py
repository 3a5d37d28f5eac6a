"""Linear programs over whole numbers, solved by HiGHS. Pure."""

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

NEAR = 1e-6
_INFEASIBLE = 2

Vector = np.ndarray[Any, np.dtype[np.float64]]


def solve(
    objective: Vector,
    matrix: csr_matrix,
    low: Vector,
    high: Vector,
    bounds: tuple[Vector, Vector],
    *,
    whole: int | None = None,
) -> Vector | None:
    """Return the point that makes ``objective`` least, its first ``whole`` coordinates (all unless given) whole.

    ``None`` when no point satisfies ``low ≤ matrix · x ≤ high`` within ``bounds``. The relaxation is tried first:
    its corner is whole nearly always.

    Raises:
        RuntimeError: the solver gave up.
    """
    count = len(objective) if whole is None else whole
    found = corner(objective, matrix, low, high, bounds)
    if found is None or is_whole(found[:count]):
        return found
    kinds = np.zeros(len(objective))
    kinds[:count] = 1
    return _run(objective, matrix, low, high, bounds, kinds)


def corner(
    objective: Vector, matrix: csr_matrix, low: Vector, high: Vector, bounds: tuple[Vector, Vector]
) -> Vector | None:
    """Return the point that makes ``objective`` least, whole or not; ``None`` when there is none."""
    return _run(objective, matrix, low, high, bounds, np.zeros(len(objective)))


def is_whole(point: Vector) -> bool:
    return bool(np.all(point == np.round(point)))


def _run(
    objective: Vector,
    matrix: csr_matrix,
    low: Vector,
    high: Vector,
    bounds: tuple[Vector, Vector],
    kinds: Vector,
) -> Vector | None:
    constraints = [LinearConstraint(matrix, low, high)] if matrix.shape[0] else []
    found = milp(
        objective,
        constraints=constraints,
        bounds=Bounds(*bounds),
        integrality=kinds,
        options={"mip_rel_gap": 0.0, "presolve": bool(kinds.any())},  # it costs more than it saves when small
    )
    if found.status == _INFEASIBLE:
        return None
    if found.x is None:
        raise RuntimeError(found.message)
    point: Vector = np.asarray(found.x)
    return np.where(np.abs(point - np.round(point)) < NEAR, np.round(point), point)
