"""Bringing all statistics up to date, cut into short transactions so that nobody who files has to wait for it."""

from datetime import date, datetime, timedelta

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.statistics import queries, rebuilding, services

ONE_DAY = timedelta(days=1)
LONGEST_BUILD = timedelta(hours=2)  # after that the process that was building is gone


def refresh(at: datetime) -> None:
    """Take the facts of changed tickets and write the snapshots of the days that have passed, and of today.

    While a rebuild is under way nothing is done; where one was cut off, or nothing was ever counted, all is built.
    """
    mark = queries.mark(db.session())
    if mark is None or (mark.building_since and at - mark.building_since > LONGEST_BUILD):
        rebuilding.rebuild(at)
    elif mark.building_since is None:
        refresh_facts()
        _close_days(clock.local_date(at), at)


def rebuild(at: datetime) -> None:
    """Build everything anew from the events."""
    rebuilding.rebuild(at)


def refresh_facts() -> int:
    """Bring facts and sums up to the tickets as they stand now; return how many were taken anew."""
    total = 0
    while True:
        with unit_of_work() as session:
            taken = services.take_changed(session, store.current(session))
        if not taken:
            return total
        total += taken


def _close_days(today: date, at: datetime) -> None:
    """Write the snapshots from the last unfinished day on; that of today is written again until it is over."""
    mark = queries.mark(db.session())
    day = min(mark.day, today) if mark else today
    while day <= today:
        with unit_of_work() as session:
            services.one_at_a_time(session)
            if queries.is_building(session):
                return
            services.write_day(session, day)
            services.set_mark(session, at=at, day=day)
        day += ONE_DAY
