"""An invited enterprise answers once: the token is used up, the counters of its cell grow, nothing else is written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import and_, case, delete, select, update
from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.pulses import UNSAID, PulsesPack
from feedback_app.core import clock
from feedback_app.pulses.models import PulseCell, PulseRound, PulseToken
from feedback_app.pulses.rules import is_over
from feedback_app.surveys.services import TokenSpent
from feedback_app.surveys.tokens import stored


def questions_for(session: Session, token: str, on: date) -> PulsesPack:
    """Return what the bearer of the token is asked; looking uses nothing up.

    Raises:
        TokenSpent: it was used, altered, or its quarter is over; which of them, nobody can tell.
    """
    quarter = session.scalar(select(PulseToken.quarter).where(PulseToken.token_hash == stored(token)))
    if quarter is None or is_over(quarter, on):
        raise _spent()
    return pack_of(session, quarter)


def answer(session: Session, token: str, given: Mapping[str, str], *, on: date) -> None:
    """Use up the token and count one option of each question; what was left out or is unknown is "no answer".

    Of two answers at the same time one finds the token gone.

    Raises:
        TokenSpent: nothing was counted.
    """
    query = delete(PulseToken).where(PulseToken.token_hash == stored(token))
    row = session.execute(query.returning(PulseToken.quarter, PulseToken.field, PulseToken.size)).first()
    if row is None or is_over(row.quarter, on):
        raise _spent()
    chosen = counted(given, pack_of(session, row.quarter))
    picked = [(and_(PulseCell.question == q, PulseCell.option == o), 1) for q, o in chosen.items()]
    # all counters of the cell at once: the pages of the disk do not tell which of them grew
    grown = update(PulseCell).where(
        PulseCell.quarter == row.quarter, PulseCell.field == row.field, PulseCell.size == row.size
    )
    session.execute(grown.values(n=PulseCell.n + case(*picked, else_=0)))


def counted(given: Mapping[str, str], pack: PulsesPack) -> dict[str, str]:
    """Return one option for each question."""
    options = {question.code: {option.code for option in question.options} for question in pack.questions}
    return {code: given[code] if given.get(code) in known else UNSAID for code, known in options.items()}


def pack_of(session: Session, quarter: str) -> PulsesPack:
    """Return the questions as they stood when the quarter's sample was drawn."""
    row = session.get_one(PulseRound, quarter)
    return cast("PulsesPack", store.version(session, row.pack_id))


def purge(session: Session, at: datetime) -> None:
    """Delete the tokens of quarters that are over."""
    quarters = session.scalars(select(PulseToken.quarter).distinct()).all()
    over = [quarter for quarter in quarters if is_over(quarter, clock.local_date(at))]
    session.execute(delete(PulseToken).where(PulseToken.quarter.in_(over)))


def _spent() -> TokenSpent:
    return TokenSpent(
        _(
            "Lời mời này đã được trả lời trước đó, đã hết hạn hoặc không đúng, nên lần này không được tính thêm."
        )
    )
