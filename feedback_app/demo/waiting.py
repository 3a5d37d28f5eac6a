"""Sample tickets that wait: a heap of work at one agency, and filings that the focal point has to sort."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from feedback_app.core import clock
from feedback_app.demo.matters import Matter, draw, fill, matters
from feedback_app.demo.story import Stage, Story, asked, at_hour, filed, officer
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.services import handling

HEAP = 132  # with what the other stories leave there about 140 open tickets, all of so-nnmt
HEAP_FIELDS = frozenset({"agriculture", "environment", "land"})
HEAP_DAYS = 11  # they came in within so many days: most of them are not yet due
UNCLEAR_DAYS = 2


def heap(random: Random, until: datetime) -> list[tuple[datetime, Story]]:
    """Return the stories of the heap, and when they begin."""
    return [(_before(random, until, HEAP_DAYS), _at_one_agency) for _number in range(HEAP)]


def unclear(random: Random, until: datetime) -> list[tuple[datetime, Story]]:
    """Return the stories of filings of which the rules cannot tell whose they are, and when they begin."""
    return [
        (_before(random, until, UNCLEAR_DAYS), partial(_to_be_sorted, matter)) for matter in matters().unclear
    ]


def _at_one_agency(stage: Stage, received_at: datetime) -> None:
    """File a ticket that is accepted or not, of which a few wait for the enterprise, and none is answered."""
    month = received_at.astimezone(clock.LOCAL).month
    ticket = filed(stage, received_at, draw(stage.random, month, HEAP_FIELDS))
    at = stage.later(received_at, stage.random.choice((1, 2, 3)))
    if ticket.status != Status.ASSIGNED or not stage.happened(at):
        return
    handling.accept(stage.session, ticket, by=officer(stage, ticket), at=at)
    if stage.random.random() < 0.08:
        asked(stage, ticket, at)


def _to_be_sorted(matter: Matter, stage: Stage, received_at: datetime) -> None:
    filed(stage, received_at, fill(stage.random, received_at.astimezone(clock.LOCAL).month, matter))


def _before(random: Random, until: datetime, days: int) -> datetime:
    """Return a moment of working hours on one of the ``days`` days before ``until``."""
    return at_hour(clock.local_date(until) - timedelta(days=random.randint(1, days)), random)
