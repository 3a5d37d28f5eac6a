"""What goes into the package of a period: the cases and legs it counts, the calendar, the figures, corrections."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.closing import package as packing
from feedback_app.closing.correcting import corrections
from feedback_app.core.security import keyed_hash
from feedback_app.deadlines.calendar import calendar_of
from feedback_app.indicators.definitions import edition_of, evaluate
from feedback_app.statistics import queries
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.figures import Group, Value, total_counts
from feedback_app.statistics.legs import LegFact
from feedback_app.statistics.models import LegFactRow
from feedback_app.statistics.periods import Period, quarters_of
from feedback_app.statistics.rows import LEG_COLUMNS, leg_of
from feedback_app.surveys import outside
from feedback_app.tickets.models import Ticket

LOOKING_BACK = 3  # earlier frozen periods whose corrections a package lists
IDS = 5_000


def files(
    session: Session, period: Period, figures: Mapping[Group, Mapping[str, Value]], today: date
) -> packing.Files:
    """Return the files of the package but its manifest; ``figures`` are those that are published."""
    cases = list(queries.cases_with_legs(session, queries.touching(period, period.last)))
    legs = list(_legs_ended(session, period))
    names = _names_of(session, period, cases, legs)
    edition = edition_of(store.current(session).catalogue.indicators)
    beside = queries.beside_cases(session, period, today)
    return {
        "cases.csv": packing.table(
            packing.CASE,
            (packing.case_line(fact, own, names[fact.ticket_id], period.last) for fact, own in cases),
        ),
        "legs.csv": packing.table(packing.LEG, (packing.leg_line(leg, names[leg.ticket_id]) for leg in legs)),
        "calendar.csv": packing.table(
            ("calendar", "day"), _calendars(session, [fact for fact, _legs in cases])
        ),
        "counts.csv": packing.table(("measure", "n"), ((name, value.n) for name, value in beside.items())),
        "figures.csv": packing.table(packing.FIGURE, packing.figure_lines(figures, legs)),
        "indicators.csv": packing.table(
            packing.INDICATOR, packing.indicator_lines(evaluate(edition, total_counts(figures)))
        ),
        "corrections.csv": packing.table(packing.CORRECTION, _corrected(session, period, today)),
        "definitions.json": packing.as_json(edition.model_dump(mode="json")),
        "README.txt": (packing.HERE / "README.txt").read_bytes(),
        **_outside(session, period),
        **packing.scripts(),
    }


def _outside(session: Session, period: Period) -> packing.Files:
    """Return the tables that no package has yet, and those that the figures of this period are made of."""
    own = [table for quarter in quarters_of(period) for table in outside.tables(session, quarter.code)]
    return {
        f"outside/{table.source}-{table.period.replace('/', '_')}-{table.name}.json": outside.canonical(
            table.content
        )
        for table in (*outside.unpacked(session), *own)
    }


def _legs_ended(session: Session, period: Period) -> Iterator[LegFact]:
    query = select(*LEG_COLUMNS).where(
        LegFactRow.until.between(period.first, period.last),
        LegFactRow.agency.is_not(None),
        LegFactRow.sensitive.is_(False),
        LegFactRow.in_project.is_(False),
    )
    ordered = query.order_by(LegFactRow.ticket_id, LegFactRow.round, LegFactRow.number)
    return (leg_of(row) for row in session.execute(ordered).mappings())


def _names_of(
    session: Session,
    period: Period,
    cases: Sequence[tuple[CaseFact, Sequence[LegFact]]],
    legs: Iterable[LegFact],
) -> dict[int, str]:
    """Return the numbers of the tickets; a sensitive report has a pseudonym that holds for this package."""
    ids = sorted({fact.ticket_id for fact, _legs in cases} | {leg.ticket_id for leg in legs})
    found: dict[int, str] = {}
    for start in range(0, len(ids), IDS):
        query = select(Ticket.id, Ticket.code, Ticket.sensitive).where(
            Ticket.id.in_(ids[start : start + IDS])
        )
        for id_, code, sensitive in session.execute(query):
            hidden = keyed_hash(f"{period.code}|{id_}", "statistics package")[:12]
            found[id_] = f"K-{hidden}" if sensitive else code
    return found


def _calendars(session: Session, facts: Sequence[CaseFact]) -> list[tuple[Any, ...]]:
    answered = [fact for fact in facts if fact.answered_on is not None]
    calendars = {
        id_: calendar_of(cast("CalendarPack", store.version(session, id_)))
        for id_ in {fact.calendar_id for fact in answered}
    }
    first = min((fact.started_on for fact in answered), default=date.max)
    last = max((fact.answered_on for fact in answered if fact.answered_on), default=date.min)
    return packing.calendar_lines(calendars, first, last)


def _corrected(session: Session, period: Period, today: date) -> Iterator[tuple[Any, ...]]:
    earlier = period
    for _back in range(LOOKING_BACK):
        earlier = earlier.previous()
        for found in corrections(session, earlier, today):
            group = found.group
            key = (found.period, group.agency, group.field, group.sensitive, found.measure)
            yield (*key, found.frozen, found.now)
