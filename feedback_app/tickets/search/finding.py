"""Who finds what: candidates from the index, rights from the tickets themselves, then the best first.

A choice of candidates is bounded whatever the words: first among the newest tickets, then among the newer ones, then
anywhere, until there are enough to rank. The index only proposes; ``visible_to`` and ``filer_known_to`` decide on the
ticket as it stands, and a name that this reader must not know neither finds a ticket nor moves it up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function
from feedback_app.tickets.models import Filer, Ticket
from feedback_app.tickets.policy import COORDINATING_OFFICES, HANDLING
from feedback_app.tickets.queries import filer_known_to, visible_to
from feedback_app.tickets.search import terms
from feedback_app.tickets.search.index import backend
from feedback_app.tickets.search.terms import Question

CANDIDATES, ENOUGH = 400, 100
FEW = 500  # tickets that a condition names one by one
UNWRITTEN = 200  # tickets newer than the index that are looked through
AS_GOOD_AS_NUMBER = 1e6
NOT_RANKED = 0.01  # of a ticket that the index does not hold yet
OPEN, OVER = ("open", "paused"), ("answered", "closed")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words as typed, and in which states and field."""

    typed: str
    clocks: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of tickets that this reader may see, the best first; ``cut``: there may be more than could be ranked."""

    ids: Sequence[int] = ()
    words: frozenset[str] = field(default_factory=frozenset)
    cut: bool = False


def search(session: Session, actor: Actor, asked: Asked) -> Found:
    """Return what fits, the best first, at most ``CANDIDATES``; nothing where no word was typed."""
    words = terms.words_asked(asked.typed)
    if not words or not actor.agency_ids(HANDLING):
        return Found()
    question = Question(words=words, hidden=may_know_hidden(actor), marks=_marks(actor, asked))
    proposed = propose(session, question)
    by_number = _by_number(session, asked)
    fresh = unwritten(session, actor, words)
    scored = score(session, actor, question, {*proposed, *fresh, *by_number})
    scored = dict.fromkeys(_seen(session, actor, fresh), NOT_RANKED) | scored
    scored |= dict.fromkeys(_seen(session, actor, by_number), AS_GOOD_AS_NUMBER)
    best = sorted(scored, key=lambda id_: (-scored[id_], -id_))
    return Found(best, frozenset(words), cut=len(proposed) >= CANDIDATES)


def propose(session: Session, question: Question, *, seldom: bool = False) -> set[int]:
    """Return ids of tickets that fit by the index, the newer ones sooner.

    Args:
        seldom: few tickets have the words, so that all of them are asked for at once.
    """
    index = backend(session)
    newest, newer = terms.newest(index.through(session))
    found: set[int] = set()
    for within in (question,) if seldom else (question.also(newest), question.also(newer), question):
        found |= set(session.scalars(index.candidates(within, CANDIDATES)))
        if len(found) >= ENOUGH:
            break
    return found


def score(session: Session, actor: Actor, question: Question, ids: Iterable[int]) -> dict[int, float]:
    """Return how well those of the tickets fit that this reader may see, by what the reader may know of each."""
    known: list[int] = []
    unknown: list[int] = []
    query = select(Ticket.id, filer_known_to(actor)).where(Ticket.id.in_(ids), visible_to(actor))
    for id_, knows in session.execute(query):
        (known if knows else unknown).append(id_)
    index = backend(session)
    scores: dict[int, float] = dict(index.scores(session, question, known)) if known else {}
    if unknown:
        scores |= index.scores(session, question.openly(), unknown)
    return scores


def may_know_hidden(actor: Actor) -> bool:
    """Say whether there can be a hidden filer whose name this reader may know (``policy.sees_filer``)."""
    return actor.holds(*COORDINATING_OFFICES, Function.AGENCY_HEAD)


def scope_marks(actor: Actor) -> tuple[tuple[str, ...], ...]:
    """Return the marks without which a ticket is not this reader's: none for who sees the whole province."""
    if actor.holds(*COORDINATING_OFFICES):
        return ()
    return (tuple(sorted(map(terms.agency_mark, actor.agency_ids(HANDLING)))),)


def mentioning(session: Session, actor: Actor, typed: str, clocks: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a ticket has all the words, or its filer where this reader may know who filed.

    Args:
        clocks: the clock categories among which the tickets are anyway.
    """
    words = terms.words_asked(typed)
    marks = (*scope_marks(actor), tuple(map(terms.clock_mark, clocks)))
    written = _in_index(session, Question(words=words, marks=marks))
    if may_know_hidden(actor):
        by_hidden = _in_index(session, Question(words=words, hidden=True, marks=marks))
        written = or_(written, and_(filer_known_to(actor), by_hidden))
    fresh = and_(Ticket.id > backend(session).through(session), *(_has(actor, word) for word in words))
    return or_(written, fresh)


def _in_index(session: Session, question: Question) -> ColumnElement[bool]:
    """Return the condition: few are named one by one, of many the index is asked for each page."""
    index = backend(session)
    ids = session.scalars(index.candidates(question, FEW + 1)).all()
    return Ticket.id.in_(ids if len(ids) <= FEW else index.candidates(question))


def unwritten(session: Session, actor: Actor, words: Sequence[str]) -> set[int]:
    """Return tickets that are newer than the index and have the words: found by their text alone."""
    query = select(Ticket.id).where(
        Ticket.id > backend(session).through(session),
        visible_to(actor),
        *(_has(actor, word) for word in words),
    )
    return set(session.scalars(query.order_by(Ticket.id.desc()).limit(UNWRITTEN)))


def _has(actor: Actor, word: str) -> ColumnElement[bool]:
    named = Filer.folded.contains(word, autoescape=True)
    filed_by = exists().where(Filer.ticket_id == Ticket.id, named).correlate(Ticket)
    return or_(Ticket.folded.contains(word, autoescape=True), and_(filer_known_to(actor), filed_by))


def _marks(actor: Actor, asked: Asked) -> tuple[tuple[str, ...], ...]:
    return (
        *scope_marks(actor),
        *([tuple(map(terms.clock_mark, asked.clocks))] if asked.clocks else []),
        *([(terms.field_mark(asked.field),)] if asked.field else []),
    )


def _by_number(session: Session, asked: Asked) -> set[int]:
    code = terms.code_asked(asked.typed)
    return set(session.scalars(select(Ticket.id).where(Ticket.code == code))) if code else set()


def _seen(session: Session, actor: Actor, ids: Iterable[int]) -> Sequence[int]:
    wanted = set(ids)
    if not wanted:
        return ()
    return session.scalars(select(Ticket.id).where(Ticket.id.in_(wanted), visible_to(actor))).all()
