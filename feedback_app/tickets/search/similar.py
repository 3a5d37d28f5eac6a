"""Answered tickets that are like one: by its rarest words, in the same field, among those that the reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.models import Answer, Ticket
from feedback_app.tickets.queries import visible_to
from feedback_app.tickets.search import terms
from feedback_app.tickets.search.finding import OVER, propose, scope_marks, score
from feedback_app.tickets.search.tables import WordShare
from feedback_app.tickets.search.terms import Question

ASKED, LOOKED_AT, SHOWN = 8, 20, 5
FROM_TEXT = 80  # words of the text that are looked at beside those of the title
COMMON, TELLING = (
    (0.2, 0.8),
    3,
)  # shares above which a word says nothing: the first one while so many words remain
RARE = 0.001
SELDOM = 0.05  # share of all tickets below which those with any of the words are few
ALIKE = 0.3  # share of what the rarest words say that two tickets must have in common


@dataclass(frozen=True, slots=True)
class Alike:
    """An answered ticket beside the one that is read; ``answer`` is how its last answer begins."""

    code: str
    title: str
    answered_on: date
    agency_id: int
    answer: str


def similar(session: Session, actor: Actor, ticket: Ticket) -> list[Alike]:
    """Return what was answered on the like before, the most alike first; nothing for a sensitive report."""
    if ticket.sensitive:
        return []
    weights = _distinctive(session, ticket)
    if not weights:
        return []
    marks = (
        *scope_marks(actor), (terms.field_mark(ticket.field),), tuple(map(terms.clock_mark, OVER)),
    )  # fmt: skip
    question = Question(words=tuple(weights), any_of=True, filers=False, marks=marks)
    seldom = sum(exp(-said) for said in weights.values()) <= SELDOM
    scores = score(session, actor, question, propose(session, question, seldom=seldom) - {ticket.id})
    best = sorted(scores, key=lambda id_: (-scores[id_], -id_))[:LOOKED_AT]
    return _alike(session, actor, best, weights)


def _distinctive(session: Session, ticket: Ticket) -> Mapping[str, float]:
    """Return the rarest words of the ticket, those of its title first, each with what it says (in nats)."""
    title, text = terms.words_of(ticket.title), terms.words_of(ticket.body)[:FROM_TEXT]
    words = [word for word in dict.fromkeys([*title, *text]) if len(word) > 1 and not word.isdigit()]
    shares = dict(
        session.execute(select(WordShare.word, WordShare.share).where(WordShare.word.in_(words))).all()
    )
    said: dict[str, float] = {}
    for common in COMMON:
        if len(said) < TELLING:
            said = {w: -log(shares.get(w, RARE)) for w in words if shares.get(w, RARE) <= common}
    inside = set(title)
    rarest = sorted(said, key=lambda word: (word not in inside, -said[word]))[:ASKED]
    return {word: said[word] for word in rarest}


def _alike(session: Session, actor: Actor, ids: Sequence[int], weights: Mapping[str, float]) -> list[Alike]:
    query = (
        select(Ticket.id, Ticket.code, Ticket.title, Ticket.folded, Answer.on, Answer.agency_id, Answer.text)
        .join(Answer, Answer.ticket_id == Ticket.id)
        .where(Ticket.id.in_(ids), Answer.outcome == Status.ANSWERED, ~Ticket.sensitive, visible_to(actor))
    )
    newest = {row.id: row for row in session.execute(query.order_by(Answer.round))}
    common = {id_: _in_common(row.folded, weights) for id_, row in newest.items()}
    close = sorted((id_ for id_ in newest if common[id_] >= ALIKE), key=lambda id_: (-common[id_], -id_))
    return [
        Alike(row.code, row.title, row.on, row.agency_id, row.text)
        for row in (newest[i] for i in close[:SHOWN])
    ]


def _in_common(folded: str, weights: Mapping[str, float]) -> float:
    there = set(terms.words_of(folded))
    return sum(said for word, said in weights.items() if word in there) / sum(weights.values())
