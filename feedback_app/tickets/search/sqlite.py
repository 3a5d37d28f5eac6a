"""The index on SQLite: FTS5, one row a ticket, a column for each lane."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, TableClause, column, func, literal_column, select, table, text
from sqlalchemy.orm import Session

from feedback_app.tickets.search.terms import Document, Question

NAME = "search_text"
LANES = ("heading", "body", "said", "filer", "hidden", "marks")
WEIGHTS = "5.0, 1.5, 1.0, 5.0, 5.0, 0.0"  # of the lanes
TEXTS: TableClause = table(NAME, column("rowid"), column(NAME))
COMMON = 0.002
_COLUMNS = ", ".join(LANES)
_VALUES = ", ".join(f":{lane}" for lane in LANES)
_SHARES = text("SELECT term, CAST(doc AS REAL) / :stored AS share FROM search_text_words WHERE doc >= :least")


def store(session: Session, documents: Sequence[Document], into: str = NAME) -> None:
    """Write the documents, in the place of those that are there."""
    rows = [_row(document) for document in documents]
    if rows:
        statement = f"INSERT OR REPLACE INTO {into} (rowid, {_COLUMNS}) VALUES (:ticket_id, {_VALUES})"  # noqa: S608
        session.execute(text(statement), rows)


def _row(document: Document) -> dict[str, Any]:
    return {"ticket_id": document.ticket_id} | {lane: " ".join(getattr(document, lane)) for lane in LANES}


def through(session: Session) -> int:
    """Return the newest ticket that was written down, 0 where there is none."""
    return session.scalar(select(TEXTS.c.rowid).order_by(TEXTS.c.rowid.desc()).limit(1)) or 0


def candidates(question: Question, limit: int | None = None) -> Any:
    """Return the query for ids that fit, the newest where there are more than ``limit``."""
    return select(TEXTS.c.rowid).where(_fits(question)).order_by(TEXTS.c.rowid.desc()).limit(limit)


def scores(session: Session, question: Question, ticket_ids: Sequence[int]) -> Mapping[int, float]:
    """Return how well those of the tickets fit that do; what does not is left out."""
    if not ticket_ids:
        return {}
    within = TEXTS.c.rowid.between(min(ticket_ids), max(ticket_ids))  # one walk, not one for each id
    rank: ColumnElement[float] = literal_column(f"-bm25({NAME}, {WEIGHTS})").label("score")
    query = select(TEXTS.c.rowid, rank).where(_fits(question), within, (TEXTS.c.rowid + 0).in_(ticket_ids))
    return {row.rowid: row.score for row in session.execute(query)}


def shares(session: Session) -> Mapping[str, float]:
    """Return the share of the tickets in which each common word stands."""
    stored = session.scalar(select(func.count()).select_from(TEXTS))
    if not stored:
        return {}
    rows = session.execute(_SHARES, {"stored": stored, "least": max(2, COMMON * stored)})
    return {row.term: row.share for row in rows}


def as_match(question: Question) -> str:
    """Return the question as FTS5 reads it."""
    beside = [lane for lane, asked in (("filer", question.filers), ("hidden", question.hidden)) if asked]
    lanes = " ".join(["heading", "body", "said", *beside])
    words = _joined(question.words, " OR " if question.any_of else " AND ")
    groups = [f"marks : ({_joined(group, ' OR ')})" for group in question.marks]
    return " AND ".join([*([f"{{{lanes}}} : ({words})"] if words else []), *groups])


def _joined(words: Iterable[str], by: str) -> str:
    return by.join(f'"{word}"' for word in words)


def _fits(question: Question) -> Any:
    return TEXTS.c[NAME].op("MATCH", is_comparison=True)(as_match(question))
