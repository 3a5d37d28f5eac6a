"""The index on PostgreSQL: one ``tsvector`` a ticket under a GIN index.

The lanes share the vector, so that one index intersects words and marks: ``@`` before a mark, ``f@`` before a word of
the filer, ``h@`` of a hidden one. No statistics are kept on it: so the planner always asks the index first, never
walks the table, and each choice of candidates ends after a bounded number of rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, TableClause, cast, column, func, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from feedback_app.tickets.search.terms import Document, Question

NAME = "search_document"
DOCUMENTS: TableClause = table(NAME, column("ticket_id"), column("words"))
WEIGHTS = "{0.1, 0.2, 0.3, 1.0}"  # of the labels D (unused), C, B, A
SAMPLED = 5_000  # documents that say how common a word is, as in _SHARES
COMMON = 0.002  # share below which a word counts as rare, and is not kept
_STORE = text(
    "INSERT INTO search_document (ticket_id, words) VALUES (:ticket_id, CAST(:words AS tsvector)) "
    "ON CONFLICT (ticket_id) DO UPDATE SET words = excluded.words"
)
_SHARES = text(
    "SELECT word, CAST(ndoc AS float) / :sampled AS share FROM ts_stat("
    "'SELECT words FROM search_document ORDER BY ticket_id DESC LIMIT 5000'"
    ") WHERE word NOT LIKE '%@%' AND ndoc >= :least"
)


def store(session: Session, documents: Sequence[Document]) -> None:
    """Write the documents, in the place of those that are there."""
    rows = [{"ticket_id": d.ticket_id, "words": vector(d)} for d in documents]
    if rows:
        session.execute(_STORE, rows)


def through(session: Session) -> int:
    """Return the newest ticket that was written down, 0 where there is none."""
    return session.scalar(select(func.coalesce(func.max(DOCUMENTS.c.ticket_id), 0))) or 0


def candidates(question: Question, limit: int | None = None) -> Any:
    """Return the query for ids that fit; some of them, where there are more than ``limit``."""
    return select(DOCUMENTS.c.ticket_id).where(_fits(question, DOCUMENTS.c.words)).limit(limit)


def scores(session: Session, question: Question, ticket_ids: Sequence[int]) -> Mapping[int, float]:
    """Return how well those of the tickets fit that do; what does not is left out.

    The documents are fetched by id first: without statistics the planner would rather ask the index for words.
    """
    named = select(DOCUMENTS.c.ticket_id, DOCUMENTS.c.words).where(DOCUMENTS.c.ticket_id.in_(ticket_ids))
    read = named.cte("named").prefix_with("MATERIALIZED", dialect="postgresql")
    ranking = func.ts_rank if question.any_of else func.ts_rank_cd
    rank = ranking(literal_column(f"'{WEIGHTS}'::float4[]"), read.c.words, _tsquery(question.unmarked()))
    query = select(read.c.ticket_id, rank.label("score")).where(_fits(question, read.c.words))
    return {row.ticket_id: row.score for row in session.execute(query)}


def shares(session: Session) -> Mapping[str, float]:
    """Return the share of the newest tickets in which each common word stands."""
    sampled = session.scalar(
        select(func.count()).select_from(select(DOCUMENTS.c.ticket_id).limit(SAMPLED).subquery())
    )
    if not sampled:
        return {}
    rows = session.execute(_SHARES, {"sampled": sampled, "least": max(2, COMMON * sampled)})
    return {row.word: row.share for row in rows}


def vector(document: Document) -> str:
    """Return the document as PostgreSQL reads a ``tsvector``; words hold letters and digits only."""
    return " ".join(f"'{word}'{place}" for word, place in _placed(document))


def _placed(document: Document) -> Iterator[tuple[str, str]]:
    places = count(1)
    lanes = (
        (document.heading, "", "A"),
        (document.filer, "f@", "A"),
        (document.hidden, "h@", "A"),
        (document.body, "", "B"),
        (document.said, "", "C"),
    )
    for words, prefix, label in lanes:
        for word in words:
            yield f"{prefix}{word}", f":{next(places)}{label}"
    for mark in document.marks:
        yield f"@{mark}", ""


def as_tsquery(question: Question) -> str:
    """Return the question as PostgreSQL reads a ``tsquery``."""
    lanes = ["", *(["f@"] if question.filers else []), *(["h@"] if question.hidden else [])]
    words = [_either(f"{lane}{word}" for lane in lanes) for word in question.words]
    groups = [_either(f"@{mark}" for mark in group) for group in question.marks]
    asked = [f"({(' | ' if question.any_of else ' & ').join(words)})"] if words else []
    return " & ".join([*asked, *groups])


def _either(lexemes: Iterable[str]) -> str:
    return "(" + " | ".join(f"'{lexeme}'" for lexeme in lexemes) + ")"


def _tsquery(question: Question) -> ColumnElement[Any]:
    return cast(as_tsquery(question), TSQUERY)


def _fits(question: Question, words: ColumnElement[Any]) -> ColumnElement[bool]:
    return words.op("@@", is_comparison=True)(_tsquery(question))
