"""Looking for the signals anew: what was found before is thrown away."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback_app.catalogue.store import Loaded
from feedback_app.core.inserting import insert_rows
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.monitor import queries
from feedback_app.monitor.models import SignalCase, SignalCount, SignalMark
from feedback_app.monitor.rules import Looking, Signal, Tally, tally

BATCH = 2_000


def looking_on(loaded: Loaded, today: date) -> Looking:
    """Return the days that are looked at: the window of the pack, through yesterday."""
    limits = loaded.catalogue.monitor
    last = today - timedelta(days=1)
    first = last - timedelta(days=limits.window_days - 1)
    return Looking(first, last, limits, work_calendar(loaded.catalogue))


def found(session: Session, loaded: Loaded, looking: Looking) -> dict[Signal, dict[str, Tally]]:
    """Return what the signals find now. Only reads."""
    return tally(queries.rounds(session, loaded, looking), looking)


def replace(
    session: Session,
    counts: dict[Signal, dict[str, Tally]],
    loaded: Loaded,
    looking: Looking,
    at: datetime,
) -> None:
    """Put what was found in the place of what was found before."""
    for table in (SignalCase, SignalCount, SignalMark):
        session.execute(delete(table))
    insert_rows(session, SignalCount, list(_numbers(counts)))
    cases = list(_cases(counts))
    for start in range(0, len(cases), BATCH):
        insert_rows(session, SignalCase, cases[start : start + BATCH])
    pack_id = loaded.version_ids["monitor"]
    mark = {"id": queries.ONE, "first": looking.first, "last": looking.last, "at": at, "pack_id": pack_id}
    insert_rows(session, SignalMark, [mark])


def _numbers(counts: dict[Signal, dict[str, Tally]]) -> Iterator[dict[str, Any]]:
    for signal, agencies in counts.items():
        for agency, told in agencies.items():
            hits, n = told.pair
            yield {"signal": signal, "agency": agency, "hits": hits, "n": n}


def _cases(counts: dict[Signal, dict[str, Tally]]) -> Iterator[dict[str, Any]]:
    for signal, agencies in counts.items():
        for agency, told in agencies.items():
            for ticket_id, round_ in told.cases:
                yield {"signal": signal, "agency": agency, "ticket_id": ticket_id, "round": round_}
