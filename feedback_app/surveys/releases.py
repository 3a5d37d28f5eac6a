"""What tables from outside count for the indicators: invited pulses, and the quarters of the sealed reports. Pure.

``closing/outside.py`` does the same in plain Python for whoever has a package and nothing else.
"""

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any

PULSE = "pulse"
SEALED = "sealed"
AMOUNT = "amount"
WITHOUT_A_SUM = ("none", "under_5m")  # no sum was named, or one below five million
WITH_A_SUM = ("5m_50m", "50m_500m", "over_500m")

Content = Mapping[str, Any]


def counts_of(source: str, content: Content) -> dict[str, int]:
    """Return the counts by the name of their measure; nothing where the table does not say enough."""
    return {PULSE: _of_pulse, SEALED: _of_sealed}[source](content) if source in {PULSE, SEALED} else {}


def _of_pulse(content: Content) -> dict[str, int]:
    """Return shares as whole numbers of effective answers, so that an interval is as wide as the weights make it."""
    found = {}
    for one in content["shares"]:
        if one["share"] is not None:
            n = floor(one["effective"])
            found[f"pulse_{one['code']}_answers"] = n
            found[f"pulse_{one['code']}"] = floor(one["share"] * n + 0.5)
    return found


def _of_sealed(content: Content) -> dict[str, int]:
    """Return the reports that say whether a sum was named, and those of them without one of five million or more.

    Nothing where one of the counts is hidden: it is not guessed.
    """
    for table in content["tables"]:
        names = [name for name, _categories in table["dimensions"]]
        if AMOUNT in names:
            shown = _totals(table["cells"], names.index(AMOUNT))
            small, large = ([shown.get(code) for code in codes] for codes in (WITHOUT_A_SUM, WITH_A_SUM))
            if None not in small + large:
                low, high = (sum(n for n in counts if n is not None) for counts in (small, large))
                return {"sealed_amount_told": low + high, "sealed_no_large_sum": low}
    return {}


def _totals(cells: Sequence[Sequence[Any]], place: int) -> dict[str, int | None]:
    """Return the margin of one dimension."""
    return {key[place]: n for key, n in cells if key[place] and not any(key[:place] + key[place + 1 :])}
