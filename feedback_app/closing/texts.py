"""What a list of a frozen period's tickets says in words, as it was when the period was frozen.

Titles and numbers of letters stand beside the package, never in it: auditors recompute figures, they read no matter.
Who filed is not kept here either: a name is read when a list is made, by what its filer allows on that day.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from feedback_app.statistics import queries
from feedback_app.statistics.archive import PeriodTexts
from feedback_app.statistics.models import CaseFactRow
from feedback_app.statistics.periods import Period
from feedback_app.tickets.models import Answer, Ticket

LEVEL = 6


@dataclass(frozen=True, slots=True)
class Text:
    """What one round of a ticket was about, and the letter that answered it."""

    code: str
    round: int
    title: str
    letter_number: str = ""
    letter_date: date | None = None


def texts_now(session: Session, period: Period, day: date) -> Iterator[Text]:
    """Yield the words of all cases that touch ``period``, in order of tickets; none of a sensitive report."""
    answered = and_(Answer.ticket_id == CaseFactRow.ticket_id, Answer.round == CaseFactRow.round)
    query = (
        select(Ticket.code, CaseFactRow.round, Ticket.title, Answer.letter_number, Answer.letter_date)
        .join(Ticket, Ticket.id == CaseFactRow.ticket_id)
        .outerjoin(Answer, answered)
        .where(queries.touching(period, day), CaseFactRow.sensitive.is_(False))
        .order_by(CaseFactRow.ticket_id, CaseFactRow.round)
    )
    for code, round_, title, number, dated in session.execute(
        query.execution_options(yield_per=queries.BATCH)
    ):
        yield Text(code, round_, title, number or "", dated)


def packed(session: Session, period: Period) -> bytes:
    """Return the words of a period that is being frozen, as they are stored."""
    shrinking = zlib.compressobj(LEVEL)
    parts = [shrinking.compress(_line(text)) for text in texts_now(session, period, period.last)]
    return b"".join([*parts, shrinking.flush()])


def frozen_texts(session: Session, period: Period) -> Iterator[Text] | None:
    """Return the words as they were when the period was frozen; None if they were not kept then."""
    row = session.get(PeriodTexts, period.code)
    return None if row is None else map(_text, zlib.decompress(row.content).splitlines())


def _line(text: Text) -> bytes:
    dated = text.letter_date and text.letter_date.isoformat()
    told = [text.code, text.round, text.title, text.letter_number, dated]
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _text(line: bytes) -> Text:
    code, round_, title, number, dated = json.loads(line)
    return Text(code, round_, title, number, date.fromisoformat(dated) if dated else None)
