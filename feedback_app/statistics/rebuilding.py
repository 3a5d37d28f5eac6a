"""All statistics anew from the events: facts batch by batch, the sums in memory, put in place at the end at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.statistics import history, services
from feedback_app.statistics.figures import Group
from feedback_app.statistics.history import Case
from feedback_app.statistics.models import (
    CaseFactRow,
    ChangedTicket,
    DeedDay,
    DeedMonth,
    LegFactRow,
    OpenDay,
    StatisticsMark,
)
from feedback_app.statistics.rollup import Sums
from feedback_app.statistics.rows import batches, case_values, leg_values
from feedback_app.statistics.rows import store as write
from feedback_app.statistics.snapshot import counted, spans_of
from feedback_app.statistics.terms import Terms
from feedback_app.tickets.models import Ticket

BATCH = 2_500
ROWS = 20_000
ONE_DAY = timedelta(days=1)


class Building:
    """What the cases add up to while they are read: sums, and by how much each day's backlog differs."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.sums = Sums()
        self.first = today
        self._steps: dict[Group, dict[tuple[date, str], int]] = {}

    def add(self, cases: Iterable[Case]) -> None:
        for fact, legs in cases:
            self.sums.add(fact)
            self.first = min(self.first, fact.started_on)
            for span in spans_of(fact, legs):
                for group, name in counted(fact, span.agency, span.state):
                    steps = self._steps.setdefault(group, {})
                    steps[span.first, name] = steps.get((span.first, name), 0) + 1
                    if span.until is not None:
                        steps[span.until, name] = steps.get((span.until, name), 0) - 1

    def snapshots(self) -> Iterable[tuple[date, dict[Group, Counter[str]]]]:
        """Yield each day from the first filing to today with what waited at its end."""
        by_day: dict[date, list[tuple[Group, str, int]]] = {}
        for group, steps in self._steps.items():
            for (day, name), step in steps.items():
                by_day.setdefault(day, []).append((group, name, step))
        standing: dict[Group, Counter[str]] = {}
        day = self.first
        while day <= self.today:
            for group, name, step in by_day.get(day, ()):
                standing.setdefault(group, Counter())[name] += step
            yield day, standing
            day += ONE_DAY


def rebuild(at: datetime, told: Callable[[int], None] = lambda _: None) -> int:
    """Build facts, sums and snapshots anew; return how many tickets there are.

    Readers see the old sums until the new ones are complete. What changes meanwhile stays on the list.

    Args:
        told: is told after each batch how many are done.
    """
    with unit_of_work() as session:
        _begin(session, at)
    building = Building(clock.local_date(at))
    terms: Terms | None = None
    done = after = 0
    while ids := _next(after):
        with unit_of_work() as session:
            terms = terms or Terms(session, store.current(session))
            building.add(_take(session, terms, ids, after))
        db.session.expunge_all()
        done, after = done + len(ids), ids[-1]
        told(done)
    with unit_of_work() as session:
        _finish(session, building, after, at)
    return done


def _begin(session: Session, at: datetime) -> None:
    services.one_at_a_time(session)
    mark = session.get(StatisticsMark, services.ONE)
    day = mark.day if mark else clock.local_date(at)
    session.merge(
        StatisticsMark(id=services.ONE, as_of=mark.as_of if mark else at, day=day, building_since=at)
    )
    session.execute(delete(ChangedTicket))


def _next(after: int) -> Sequence[int]:
    query = select(Ticket.id).where(Ticket.id > after).order_by(Ticket.id).limit(BATCH)
    return db.session().scalars(query).all()


def _take(session: Session, terms: Terms, ids: Sequence[int], after: int) -> list[Case]:
    cases = list(history.cases_of(session, terms, ids))
    for model in (LegFactRow, CaseFactRow):
        session.execute(delete(model).where(model.ticket_id > after, model.ticket_id <= ids[-1]))
    write(session, CaseFactRow, [case_values(fact) for fact, _legs in cases])
    write(session, LegFactRow, [leg_values(leg) for _fact, legs in cases for leg in legs])
    return cases


def _finish(session: Session, building: Building, last: int, at: datetime) -> None:
    services.one_at_a_time(session)
    for facts in (LegFactRow, CaseFactRow):
        session.execute(delete(facts).where(facts.ticket_id > last))
    for model, sums in ((DeedDay, building.sums.by_day), (DeedMonth, building.sums.by_month)):
        session.execute(delete(model))
        for batch in batches(services.sum_rows(model, sums), ROWS):
            write(session, model, batch)
    session.execute(delete(OpenDay))
    rows = (row for day, counts in building.snapshots() for row in services.open_rows(day, counts))
    for batch in batches(rows, ROWS):
        write(session, OpenDay, batch)
    services.set_mark(session, at=at, day=building.today)
