"""What an agency looks at before it says that its figures are right."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.statistics import queries
from feedback_app.statistics.models import CaseFactRow, LegFactRow
from feedback_app.statistics.periods import Period
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.queries import visible_to

MOST = 500


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case of the agency that touches the period, as it is counted."""

    code: str
    round: int
    started_on: date
    due_on: date | None
    answered_on: date | None
    ended_on: date | None
    outcome: str | None
    working_days: int | None


def cases_of_agency(
    session: Session, actor: Actor, agency: str, period: Period, size: int = MOST
) -> list[CountedCase]:
    """Return the agency's cases that ``actor`` may see, those due first at the top; at most ``size``."""
    row = CaseFactRow
    held = select(LegFactRow.ticket_id).where(
        LegFactRow.agency == agency, LegFactRow.ticket_id == row.ticket_id, LegFactRow.round == row.round
    )
    query = (
        select(
            Ticket.code, row.round, row.started_on, row.due_on, row.answered_on, row.ended_on, row.outcome,
            row.working_days,
        )
        .join(Ticket, Ticket.id == row.ticket_id)
        .where(queries.touching(period, period.last), visible_to(actor), or_(row.agency == agency, held.exists()))
        .order_by(row.due_on, row.ticket_id, row.round)
        .limit(size)
    )  # fmt: skip
    return [CountedCase(*found) for found in session.execute(query)]
