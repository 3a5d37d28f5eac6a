"""A month with something of everything, frozen, and what a report makes of it."""

from datetime import date

import pytest

from feedback_app.closing import freezing
from feedback_app.core.db import unit_of_work
from feedback_app.statistics import refreshing
from feedback_app.statistics.periods import Period
from feedback_app.tickets.models import Filer, Ticket
from tests.slices.statistics.conftest import Status, life, noon

__all__ = ["life"]

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
AFTER = noon(date(2026, 11, 24))


def frozen(period=OCTOBER, at=AFTER):
    refreshing.refresh(at)
    with unit_of_work() as session:
        row = freezing.freeze(session, period, by_id=None, at=at)
    session.rollback()
    return row


def change(code, **values):
    """Write columns of a ticket (``filer``: of its filer) as somebody with the database could."""
    from sqlalchemy import select

    with unit_of_work() as writing:
        ticket = writing.scalars(select(Ticket).where(Ticket.code == code)).one()
        for name, value in values.pop("filer", {}).items():
            setattr(writing.get(Filer, ticket.id), name, value)
        for name, value in values.items():
            setattr(ticket, name, value)


@pytest.fixture
def october(session, life):
    """Return numbers of tickets: carried over, answered in and after time, refused, withdrawn, open, overdue, again."""
    codes = {
        "carried": life.filed(date(2026, 9, 28)),
        "in_time": life.filed(date(2026, 10, 1)),
        "again": life.filed(date(2026, 10, 2)),
        "late": life.filed(date(2026, 10, 1), to="thue"),
        "beyond": life.filed(date(2026, 10, 6)),
        "withdrawn": life.filed(date(2026, 10, 7)),
        "overdue": life.filed(date(2026, 10, 5)),
        "open": life.filed(date(2026, 10, 30), to="thue"),
        "after": life.filed(date(2026, 10, 29)),
        "sensitive": life.filed(
            date(2026, 10, 5), to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"})
        ),
    }
    life.answered(codes["carried"], date(2026, 10, 2))
    life.answered(codes["in_time"], date(2026, 10, 6))
    life.rated(codes["in_time"], date(2026, 10, 8))
    life.answered(codes["again"], date(2026, 10, 7))
    life.disputed(codes["again"], date(2026, 10, 9))
    life.answered(codes["late"], date(2026, 10, 28))
    life.answered(codes["beyond"], date(2026, 10, 8), Status.REJECTED, "no_content")
    life.withdrawn(codes["withdrawn"], date(2026, 10, 9))
    life.answered(codes["sensitive"], date(2026, 10, 9))
    life.answered(codes["after"], date(2026, 11, 3))
    return codes
