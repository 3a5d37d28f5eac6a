"""Who acts for whom while people are away. Pure: ids in, ids out."""

from collections.abc import Mapping

Away = Mapping[int, int]  # who is away today, and who stands in for them


def acted_for(person: int, away: Away) -> frozenset[int]:
    """Return for whom ``person`` acts: those away whose chain of substitutes ends here.

    A substitute who is away passes it on to the next; a chain that never ends at somebody present acts for nobody.
    """
    return frozenset(absent for absent in away if absent != person and _end_of(absent, away) == person)


def loops(away: Away) -> bool:
    """Say whether some chain of substitutes comes back to where it began."""
    return any(_end_of(absent, away) is None for absent in away)


def _end_of(absent: int, away: Away) -> int | None:
    seen, now = {absent}, away[absent]
    while now in away:
        if now in seen:
            return None
        seen.add(now)
        now = away[now]
    return now
