"""Finding published answers by their words, with and without diacritics; the same words as the search of tickets."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from feedback_app.library.lifecycle import Status
from feedback_app.library.models import AnswerWord, LibraryAnswer
from feedback_app.tickets.search import terms

IN_TITLE, IN_QUESTION, IN_TEXT = 5.0, 2.0, 1.0
ASKED_FOR_SIMILAR = 60  # words of a new ticket that are looked at
TELLING = 12  # of these, the rarest
ALIKE = 0.3  # share of what the rarest words say that an answer must have
LEAST_IN_COMMON = 2  # words
SHOWN = 50


def write(session: Session, row: LibraryAnswer) -> None:
    """Write down the words of a published answer, in place of those that are there."""
    forget(session, row)
    weights: defaultdict[str, float] = defaultdict(float)
    for text, weight in ((row.title, IN_TITLE), (row.question, IN_QUESTION), (row.text, IN_TEXT)):
        for word, n in Counter(terms.words_of(text)).items():
            weights[word] += weight * (1 + log(n))
    session.execute(
        insert(AnswerWord),
        [{"word": word, "library_answer_id": row.id, "weight": weight} for word, weight in weights.items()],
    )


def forget(session: Session, row: LibraryAnswer) -> None:
    session.execute(delete(AnswerWord).where(AnswerWord.library_answer_id == row.id))


def found(session: Session, asked: str, field: str = "") -> list[int]:
    """Return the ids of the published answers with all words that were asked for, the best first."""
    words = terms.words_asked(asked)
    scores = _scores(session, words, field)
    return [id_ for id_, (_score, common) in _ranked(scores) if common == len(words)][:SHOWN]


def similar(session: Session, text: str, limit: int = 3) -> list[int]:
    """Return the ids of published answers that are like a new ticket, the most alike first."""
    words = [w for w in dict.fromkeys(terms.words_of(text)) if len(w) > 1 and not w.isdigit()]
    said = _said(session, words[:ASKED_FOR_SIMILAR])
    rarest = dict(sorted(said.items(), key=lambda item: -item[1])[:TELLING])
    if not rarest:
        return []
    scores = _scores(session, tuple(rarest), "")
    whole = sum(rarest.values())
    close = [
        id_
        for id_, (score, common) in _ranked(scores)
        if common >= LEAST_IN_COMMON and _common(session, id_, rarest) >= ALIKE * whole and score
    ]
    return close[:limit]


def _common(session: Session, id_: int, said: Mapping[str, float]) -> float:
    query = select(AnswerWord.word).where(
        AnswerWord.library_answer_id == id_, AnswerWord.word.in_(list(said))
    )
    return sum(said[word] for word in session.scalars(query))


def _scores(session: Session, words: Sequence[str], field: str) -> dict[int, tuple[float, int]]:
    """Return by answer how well it fits and how many of the words it has."""
    said = _said(session, words)
    query = select(AnswerWord.library_answer_id, AnswerWord.word, AnswerWord.weight).where(
        AnswerWord.word.in_(list(words))
    )
    if field:
        query = query.join(LibraryAnswer).where(LibraryAnswer.field == field)
    scores: dict[int, tuple[float, int]] = {}
    for id_, word, weight in session.execute(query):
        score, common = scores.get(id_, (0.0, 0))
        scores[id_] = (score + said.get(word, 0.0) * (1 + log(weight)), common + 1)
    return scores


def _said(session: Session, words: Sequence[str]) -> dict[str, float]:
    """Return what each word says: the more, the fewer answers have it; words of no answer are left out."""
    whole = session.scalar(select(func.count()).where(LibraryAnswer.status == Status.PUBLISHED)) or 0
    query = select(AnswerWord.word, func.count()).where(AnswerWord.word.in_(list(words)))
    return {word: log(1 + whole / n) for word, n in session.execute(query.group_by(AnswerWord.word))}


def _ranked(scores: Mapping[int, tuple[float, int]]) -> Iterable[tuple[int, tuple[float, int]]]:
    return sorted(scores.items(), key=lambda item: (-item[1][0], -item[0]))
