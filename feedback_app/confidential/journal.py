"""The chained log of what inspectors do: sealed to the body's audit key, linked with the installation's key."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nacl import bindings
from nacl.exceptions import CryptoError
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import Tampered
from feedback_app.confidential.models import LogHead, LogLine
from feedback_app.confidential.roster import Roster
from feedback_app.confidential.sealing.chain import START, link
from feedback_app.confidential.sealing.envelopes import padded_to, unpadded
from feedback_app.confidential.sealing.slots import KeyPair
from feedback_app.confidential.weeks import week_of

LINE = 512  # bytes of every line, whatever it says


@dataclass(frozen=True)
class Entry:
    """One line as the audit key reads it."""

    position: int
    week: date
    act: str
    seat: str
    report: str
    facts: dict[str, str]


def record(
    session: Session, roster: Roster, seat: str, act: str, report: str, on: date, **facts: str
) -> None:
    """Add a line to the body's log, in the transaction of the act itself; ``facts`` hold codes, never text."""
    content = json.dumps([act, seat, report, facts], separators=(",", ":"), ensure_ascii=False).encode()
    sealed = bindings.crypto_box_seal(padded_to(content, LINE), bytes.fromhex(roster.audit))
    head = _head(session, roster.body)
    head.position += 1
    week = week_of(on)
    head.link = link(head.link, _linked(head.position, week, sealed), vault().chain_key)
    session.add(LogLine(body=roster.body, position=head.position, week=week, content=sealed, link=head.link))


def first_break(session: Session, body: str) -> int | None:
    """Return the position at which the chain no longer holds, ``None`` when it is whole."""
    previous, expected = START, 1
    for line in _lines(session, body):
        right = link(previous, _linked(line.position, line.week, line.content), vault().chain_key)
        if line.position != expected or line.link != right:
            return expected
        previous, expected = line.link, expected + 1
    head = session.get(LogHead, body)
    whole = (head.position, head.link) == (expected - 1, previous) if head else expected == 1
    return None if whole else expected


def read(session: Session, body: str, audit: KeyPair) -> Iterator[Entry]:
    """Yield the log to whoever holds the body's offline secret. Raises Tampered."""
    for line in _lines(session, body):
        try:
            padded = bindings.crypto_box_seal_open(line.content, audit.public, audit.private)
        except CryptoError:
            raise Tampered("log") from None
        act, seat, report, facts = json.loads(unpadded(padded))
        yield Entry(line.position, line.week, act, seat, report, facts)


def _lines(session: Session, body: str) -> Iterator[LogLine]:
    query = select(LogLine).where(LogLine.body == body).order_by(LogLine.position)
    yield from session.scalars(query).yield_per(1000)


def _head(session: Session, body: str) -> LogHead:
    head = session.scalars(select(LogHead).where(LogHead.body == body).with_for_update()).first()
    if head is None:
        head = LogHead(body=body, position=0, link=START)
        session.add(head)
    return head


def _linked(position: int, week: date, content: bytes) -> bytes:
    return position.to_bytes(8, "big") + week.isoformat().encode() + content
