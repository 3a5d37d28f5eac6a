"""Who and what stands in a line of the list: never more than anybody who reads the report may know.

Titles and letters are those of the moment of freezing; whether a name or a title may be shown is asked when the list is
made, since a filer may hide, and a matter become one to be protected, at any time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from feedback_app.closing.texts import Text
from feedback_app.reports.listing import WAITING, Listed
from feedback_app.reports.words import day, shortened
from feedback_app.tickets.models import Answer, ConcernedAgency, Filer, Ticket

ANONYMOUS = "ẩn danh"
WITHHELD = "(nội dung được bảo vệ, không nêu)"
LONGEST_TITLE, LONGEST_NAME = 220, 120

Key = tuple[str, int]  # number of the ticket, round
Then = Callable[[Sequence[Listed]], dict[Key, Text]]


@dataclass(frozen=True, slots=True)
class Words:
    filer: str
    title: str
    letter: str


@dataclass(frozen=True, slots=True)
class _Today:
    title: str
    filer: str
    hidden: bool
    protected: bool  # has become, or always was, a matter that some agency must not read


def kept(texts: Iterable[Text]) -> Then:
    """Return what finds the words of a frozen period; it is asked in the order in which they were kept."""
    running = iter(texts)

    def then(batch: Sequence[Listed]) -> dict[Key, Text]:
        missing: set[Key] = {(case.code, case.round) for case in batch}
        found: dict[Key, Text] = {}
        while missing and (text := next(running, None)) is not None:
            if (key := (text.code, text.round)) in missing:
                missing.remove(key)
                found[key] = text
        return found

    return then


def of(session: Session, batch: Sequence[Listed], then: Then | None) -> dict[Key, Words]:
    """Return the words of some cases; ``then`` None: as they are today."""
    today = _today(session, [case.code for case in batch])
    texts = then(batch) if then is not None else dict(_texts_today(session, batch, today))
    return {(case.code, case.round): _words(case, texts, today.get(case.code)) for case in batch}


def _words(case: Listed, texts: Mapping[Key, Text], today: _Today | None) -> Words:
    text = texts.get((case.code, case.round))
    letter = "" if case.result in WAITING else _letter(text)  # a later one is the next period's
    if text is None or today is None or today.protected:
        return Words(ANONYMOUS, WITHHELD, letter)
    filer = ANONYMOUS if today.hidden or not today.filer else shortened(today.filer, LONGEST_NAME)
    return Words(filer, shortened(text.title, LONGEST_TITLE), letter)


def _letter(text: Text | None) -> str:
    if text is None or not text.letter_number:
        return ""
    return f"{text.letter_number}, {day(text.letter_date)}" if text.letter_date else text.letter_number


def _today(session: Session, codes: Sequence[str]) -> dict[str, _Today]:
    concerned = exists().where(ConcernedAgency.ticket_id == Ticket.id)
    query = (
        select(Ticket.code, Ticket.title, Filer.name, Ticket.hide_identity, Ticket.sensitive, concerned)
        .outerjoin(Filer, Filer.ticket_id == Ticket.id)
        .where(Ticket.code.in_(set(codes)))
    )
    return {
        code: _Today(title, name or "", hidden, sensitive or bool(about_agency))
        for code, title, name, hidden, sensitive, about_agency in session.execute(query)
    }


def _texts_today(
    session: Session, batch: Sequence[Listed], today: dict[str, _Today]
) -> Iterator[tuple[Key, Text]]:
    query = select(Ticket.code, Answer.round, Answer.letter_number, Answer.letter_date).join(
        Ticket, Ticket.id == Answer.ticket_id
    )
    rows = session.execute(query.where(Ticket.code.in_({case.code for case in batch})))
    letters = {(code, round_): (number, dated) for code, round_, number, dated in rows}
    for case in batch:
        if case.code in today:
            number, dated = letters.get((case.code, case.round), ("", None))
            yield (case.code, case.round), Text(case.code, case.round, today[case.code].title, number, dated)
