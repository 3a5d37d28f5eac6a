"""Handing out tokens for the third question, and counting the answers."""

import random
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import product

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, case, delete, insert, select, text, update
from sqlalchemy.orm import Session

from feedback_app.core import clock
from feedback_app.core.errors import FeedbackError
from feedback_app.core.security import keyed_hash
from feedback_app.surveys.models import SurveyCell, SurveySeed, SurveyToken
from feedback_app.surveys.rules import OPTIONS, QUESTIONS, Cell, counted, is_closed, period_of

BATCH = 20

_shuffle = random.SystemRandom().shuffle


class TokenSpent(FeedbackError):
    """The token was used, altered or has expired; which of them, nobody can tell."""

    status = 410


def offer(session: Session, *, agency: str, field: str, on: date) -> str:
    """Return a one-time token for a rating given on the local date ``on``; nothing remembers for which."""
    cell = Cell(period_of(on), agency, field)
    seed = _take(session, cell)
    if seed is None:
        _mint(session, cell)
        seed = _take(session, cell)
    if seed is None:
        raise RuntimeError("a batch that was just minted is empty")
    return _token(seed)


def answer(session: Session, token: str, given: Mapping[str, str], *, on: date) -> None:
    """Use up the token and count the answers, each question for itself.

    Raises:
        TokenSpent: nothing was counted.
    """
    query = delete(SurveyToken).where(SurveyToken.token_hash == _stored(token))
    row = session.execute(query.returning(SurveyToken.period, SurveyToken.agency, SurveyToken.field)).first()
    if row is None or is_closed(row.period, on):
        raise TokenSpent(
            _("Ý kiến này đã được ghi nhận trước đó hoặc đã hết hạn, nên lần này không được tính thêm.")
        )
    _count(session, Cell(*row), counted(given))


def purge(session: Session, at: datetime) -> None:
    """Delete the tokens of closed periods; the counts stay."""
    today = clock.local_date(at)
    for model in (SurveySeed, SurveyToken):
        periods = session.scalars(select(model.period).distinct()).all()
        closed = [period for period in periods if is_closed(period, today)]
        session.execute(delete(model).where(model.period.in_(closed)))


def _take(session: Session, cell: Cell) -> str | None:
    """Take one seed out of the pool; seeds are random, so that the first by key is as good as any."""
    query = select(SurveySeed).where(*_in(SurveySeed, cell)).order_by(SurveySeed.seed).limit(1)
    row = session.scalars(query.with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    session.delete(row)
    session.flush()
    return row.seed


def _mint(session: Session, cell: Cell) -> None:
    """Write a batch of seeds and tokens, and the counters at zero."""
    seeds = [secrets.token_hex(16) for _ in range(BATCH)]
    where = {"period": cell.period, "agency": cell.agency, "field": cell.field}
    session.execute(insert(SurveySeed), [{**where, "seed": seed} for seed in seeds])
    tokens = [*_taken_out(session, cell), *(_stored(_token(seed)) for seed in seeds)]
    _shuffle(tokens)
    session.execute(insert(SurveyToken), [{**where, "token_hash": token} for token in tokens])
    session.execute(
        text(
            "INSERT INTO survey_cell (period, agency, field, question, option, n)"
            " VALUES (:period, :agency, :field, :question, :option, 0) ON CONFLICT DO NOTHING"
        ),
        [{**where, "question": q, "option": option} for q, option in product(QUESTIONS, OPTIONS)],
    )


def _taken_out(session: Session, cell: Cell) -> Sequence[str]:
    """Take the cell's tokens out, to be written anew among the fresh ones.

    PostgreSQL keeps rows in the order in which they came, from which the age of a token could be read. Answers
    wait meanwhile, so that none of them finds its token away.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE survey_token IN EXCLUSIVE MODE"))
    query = delete(SurveyToken).where(*_in(SurveyToken, cell)).returning(SurveyToken.token_hash)
    return session.scalars(query).all()


def _count(session: Session, cell: Cell, answers: Mapping[str, str]) -> None:
    """Write all counters of the cell at once: the pages of the disk do not tell which of them grew."""
    if not answers:
        return
    chosen = [(and_(SurveyCell.question == q, SurveyCell.option == o), 1) for q, o in answers.items()]
    grown = SurveyCell.n + case(*chosen, else_=0)
    session.execute(update(SurveyCell).where(*_in(SurveyCell, cell)).values(n=grown))


def _in(model: type[SurveyCell | SurveySeed | SurveyToken], cell: Cell) -> tuple[ColumnElement[bool], ...]:
    return model.period == cell.period, model.agency == cell.agency, model.field == cell.field


def _token(seed: str) -> str:
    return keyed_hash(seed, "survey seed")


def _stored(token: str) -> str:
    return keyed_hash(token, "survey token")
