"""The refresh of all statistics, cut into short transactions so that nobody who files has to wait for it."""

from datetime import datetime
from itertools import takewhile

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.statistics import queries, services
from feedback_app.statistics.periods import Period, back_from, containing, cuts

RECENT = 3  # ratings and requests for a new look still change the figures of these


def refresh(at: datetime) -> None:
    """Take the facts of changed tickets; compute the recent periods, and older ones that never were."""
    refresh_facts()
    for period in _due(at):
        refresh_period(period, at)


def rebuild(at: datetime) -> None:
    """Take all facts anew from the tickets, then refresh."""
    with unit_of_work() as session:
        services.forget_facts(session)
    refresh(at)


def refresh_facts() -> None:
    """Bring the facts up to the tickets as they stand now."""
    after: int | None = 0
    while after is not None:
        with unit_of_work() as session:
            after = services.take_facts(session, store.current(session), after=after)


def refresh_period(period: Period, at: datetime) -> None:
    """Compute the figures of one period from the facts there are."""
    with unit_of_work() as session:
        services.compute(session, period, today=clock.local_date(at), at=at)


def _due(at: datetime) -> list[Period]:
    session = db.session()
    today = clock.local_date(at)
    first_day = queries.first_day(session) or today
    known = set(queries.computed(session))
    found: list[Period] = []
    for cut in cuts(store.current(session).catalogue):
        newest = back_from(containing(today, cut.first_day))
        since = takewhile(lambda period: period.last >= first_day, newest)
        found += [period for age, period in enumerate(since) if age < RECENT or period not in known]
    return found
