"""The end of a quarter: its answers become one table that is written for good, and everything finer is deleted."""

from collections import Counter, defaultdict
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_app.core import audit, clock
from feedback_app.core.errors import Conflict
from feedback_app.pulses.models import PulseCell, PulseRound, PulseToken, PulseUnit
from feedback_app.pulses.results import Cells, Round, published
from feedback_app.pulses.rules import is_over
from feedback_app.pulses.sampling import Stratum
from feedback_app.pulses.services.answering import pack_of
from feedback_app.surveys import outside
from feedback_app.surveys.outside import FrozenTable
from feedback_app.surveys.releases import PULSE


def close(session: Session, row: PulseRound, *, at: datetime) -> FrozenTable:
    """Publish what may be published of a quarter that is over, and delete its tokens and its counters.

    Raises:
        Conflict: answers are still taken, or it was closed before.
    """
    if row.closed_on is not None or not is_over(row.quarter, clock.local_date(at)):
        raise Conflict(row.quarter)
    content = published(
        pack_of(session, row.quarter), _round(session, row.quarter), _cells(session, row.quarter)
    )
    left_out = {"refused": row.refused, "unreachable": row.unreachable, "rested": row.rested}
    table = outside.put(
        session, period=row.quarter, source=PULSE, name=PULSE, content=content | {"left_out": left_out}, at=at
    )
    for model in (PulseToken, PulseCell):
        session.execute(delete(model).where(model.quarter == row.quarter))
    row.closed_on = clock.local_date(at)
    audit.record(
        session, "pulse.closed", at=at, actor_id=None, subject=f"pulse/{row.quarter}", sha256=table.sha256
    )
    return table


def _round(session: Session, quarter: str) -> Round:
    registered: Counter[Stratum] = Counter()
    invited: Counter[Stratum] = Counter()
    unit = PulseUnit
    query = select(unit.cell_field, unit.cell_size, unit.invited).where(unit.quarter == quarter)
    for field, size, is_invited in session.execute(query):
        registered[field, size] += 1
        invited[field, size] += is_invited
    return Round(registered, invited)


def _cells(session: Session, quarter: str) -> Cells:
    found: dict[Stratum, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in session.scalars(select(PulseCell).where(PulseCell.quarter == quarter)):
        found[row.field, row.size][row.question][row.option] = row.n
    return found
