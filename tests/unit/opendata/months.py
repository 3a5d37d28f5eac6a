"""Drawn months: cases that agencies and fields have, counted as the statistics count them."""

import random
from collections import defaultdict

from feedback_app.opendata.rules import BANDS, Counts
from feedback_app.statistics.figures import Group


def a_month(seed: int, cases: int, agencies: int = 3, fields: int = 3) -> Counts:
    draw = random.Random(seed)
    counts: dict[Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _ in range(cases):
        agency = f"a{min(int(draw.expovariate(1)), agencies)}"
        field = f"f{min(int(draw.expovariate(0.7)), fields - 1)}"
        groups = [Group(), Group(field=field)]
        groups += [Group(agency=agency)] if agency != f"a{agencies}" else []  # else nobody has it yet
        for group in groups:
            for name in deeds(random.Random(f"{seed}{agency}{field}{_}")):
                counts[group][name] += 1
    return {group: dict(own) for group, own in counts.items()}


def deeds(draw: random.Random) -> list[str]:
    """Return under which names one case counts."""
    if draw.random() < 0.2:
        return ["received", "open", *draw.choices(["overdue", "paused", "open_"], k=1)]
    names = ["received", "answered", draw.choices(["in_time", "late"], (8, 2))[0], draw.choice(BANDS[:4])]
    names += draw.choices([["rejected"], ["redirected"], []], (1, 1, 8))[0]
    if draw.random() < 0.4:
        names += ["rated", *draw.choices([["satisfied_answered", "solved_says_enterprise"], []], (7, 3))[0]]
    return names
