"""A quarter's sample: who can be drawn, who is, and what is written so that everybody can answer once and unseen."""

import random
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs.pulses import UNSAID, PulsesPack
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit, clock
from feedback_app.core.errors import Conflict
from feedback_app.core.inserting import insert_rows
from feedback_app.core.security import keyed_hash
from feedback_app.notifications import reaching
from feedback_app.notifications.models import Refusal
from feedback_app.notifications.rules import Address, Channel, Letter, channels_of_guest
from feedback_app.notifications.services import Message, dispatch
from feedback_app.pulses.models import (
    PulseAsked,
    PulseCell,
    PulseCompletion,
    PulseRound,
    PulseToken,
    PulseUnit,
)
from feedback_app.pulses.rules import NotNow, hindrance, quarter_of
from feedback_app.pulses.sampling import Stratum, Unit, cells, drawn, order
from feedback_app.surveys.tokens import pulse_token, stored

MESSAGES = 500  # written by one statement
_REFUSED = select(Refusal.contact_hash, Refusal.channel)
_shuffle = random.SystemRandom().shuffle


class NotDrawn(Exception):
    """Nobody was drawn; ``reason`` says why."""

    def __init__(self, reason: NotNow) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise of the register with the one channel in which it can be reached."""

    row: PulseCompletion
    channel: Channel
    to: str
    who: tuple[str, ...]  # hashes of enterprise and mailbox


@dataclass(slots=True)
class _Left:
    """How many of the register were left out, by reason."""

    refused: int = 0
    unreachable: int = 0
    rested: int = 0


def draw(session: Session, loaded: Loaded, *, at: datetime) -> PulseRound:
    """Draw this quarter's sample and write its invitations into the ledger of messages.

    Raises:
        NotDrawn: it is not the time for it, or the register is too short.
        Conflict: the quarter has its sample.
    """
    today, pack = clock.local_date(at), loaded.catalogue.pulses
    quarter = quarter_of(today)
    if session.get(PulseRound, quarter) is not None:
        raise Conflict(quarter)
    if reason := hindrance(today, pack):
        raise NotDrawn(reason)
    seed, left = secrets.token_hex(16), _Left()
    by_code = _frame(session, today, pack, seed, left)
    if len(by_code) < pack.sampling.least_frame:
        raise NotDrawn(NotNow.TOO_FEW)
    units = [Unit(code, one.row.field, one.row.size) for code, one in by_code.items()]
    chosen = drawn(units, seed, pack.sampling.sample, pack.sampling.least_in_stratum)
    row = PulseRound(
        quarter=quarter, seed=seed, drawn_on=today, pack_id=loaded.version_ids["pulses"],
        registered=len(units), invited=len(chosen), refused=left.refused, unreachable=left.unreachable,
        rested=left.rested,
    )  # fmt: skip
    session.add(row)
    session.flush()
    place = cells(Counter(unit.stratum for unit in chosen), pack.sampling.least_in_cell)
    _write_units(session, quarter, units, {unit.tax_code for unit in chosen}, place)
    _invite(session, row, [(by_code[unit.tax_code], place[unit.stratum]) for unit in chosen])
    _open_cells(session, quarter, set(place.values()), pack)
    audit.record(
        session,
        "pulse.drawn",
        at=at,
        actor_id=None,
        subject=f"pulse/{quarter}",
        invited=row.invited,
        seed=seed,
    )
    return row


def is_as_drawn(session: Session, row: PulseRound, pack: PulsesPack) -> bool:
    """Say whether list and seed give the very sample that was invited."""
    kept = session.scalars(select(PulseUnit).where(PulseUnit.quarter == row.quarter)).all()
    units = [Unit(unit.tax_code, unit.field, unit.size) for unit in kept]
    again = drawn(units, row.seed, pack.sampling.sample, pack.sampling.least_in_stratum)
    return {unit.tax_code for unit in again} == {unit.tax_code for unit in kept if unit.invited}


def who(kind: str, value: str) -> str:
    """Return the keyed hash under which it is kept that somebody was asked."""
    return keyed_hash(f"{kind}:{value}", "pulse asked")[:32]


def _frame(session: Session, today: date, pack: PulsesPack, seed: str, left: _Left) -> dict[str, Candidate]:
    """Return who can be drawn, by tax code, one enterprise a mailbox; the seed decides which of several."""
    resting = _resting(session, today, pack)
    refusals = {(who, channel) for who, channel in session.execute(_REFUSED)}
    possible = reaching.possible_channels()
    found: dict[str, Candidate] = {}
    mailboxes: set[str] = set()
    latest = _latest(session, today - timedelta(days=pack.round.register_days), today)
    for row in sorted(latest, key=lambda one: order(seed, one.tax_code)):
        candidate = _candidate(row, possible, refusals, left)
        if candidate is None:
            continue
        if resting & set(candidate.who) or candidate.who[1] in mailboxes:
            left.rested += 1
            continue
        mailboxes.add(candidate.who[1])
        found[row.tax_code] = candidate
    return found


def _latest(session: Session, first: date, last: date) -> Iterable[PulseCompletion]:
    """Return each enterprise's latest procedure between the days."""
    query = select(PulseCompletion).where(PulseCompletion.finished_on.between(first, last))
    rows = session.scalars(query.order_by(PulseCompletion.finished_on, PulseCompletion.id))
    return {row.tax_code: row for row in rows}.values()


def _candidate(
    row: PulseCompletion, possible: frozenset[Channel], refusals: set[tuple[str, str]], left: _Left
) -> Candidate | None:
    address = Address(row.email, row.phone)
    refused = [
        channel
        for channel in possible
        if address.to(channel)
        and (reaching.contact_hash(channel, address.to(channel)), channel.value) in refusals
    ]
    ways = channels_of_guest(address, possible, refused, legal=False)
    if not ways:
        left.refused += bool(refused)
        left.unreachable += not refused
        return None
    to = address.to(ways[0])
    contact = reaching.contact_hash(ways[0], to)
    return Candidate(row, ways[0], to, (who("enterprise", row.tax_code), who("contact", contact)))


def _resting(session: Session, today: date, pack: PulsesPack) -> set[str]:
    since = today - timedelta(days=pack.round.rest_days)
    asked = select(PulseAsked.who).where(
        (PulseAsked.asked_on > since) | (PulseAsked.quarter == quarter_of(today))
    )
    return set(session.scalars(asked))


def _write_units(
    session: Session, quarter: str, units: Sequence[Unit], chosen: set[str], place: Mapping[Stratum, Stratum]
) -> None:
    rows = [
        {
            "quarter": quarter,
            "tax_code": unit.tax_code,
            "field": unit.field,
            "size": unit.size,
            "cell_field": place.get(unit.stratum, unit.stratum)[0],
            "cell_size": place.get(unit.stratum, unit.stratum)[1],
            "invited": unit.tax_code in chosen,
        }
        for unit in sorted(units, key=lambda one: one.tax_code)
    ]
    insert_rows(session, PulseUnit, rows)


def _invite(session: Session, row: PulseRound, invited: list[tuple[Candidate, Stratum]]) -> None:
    """Write tokens and messages, each in an order of its own, so that no row tells which belongs to which."""
    seeds = [secrets.token_hex(16) for _ in invited]
    tokens = [
        {"token_hash": stored(pulse_token(seed)), "quarter": row.quarter, "field": field, "size": size}
        for seed, (_candidate, (field, size)) in zip(seeds, invited, strict=True)
    ]
    messages = [
        _message(row.quarter, candidate, seed)
        for seed, (candidate, _cell) in zip(seeds, invited, strict=True)
    ]
    _shuffle(tokens)
    _shuffle(messages)
    insert_rows(session, PulseToken, tokens)
    for start in range(0, len(messages), MESSAGES):
        dispatch(session, messages[start : start + MESSAGES])
    asked = [
        {"who": one, "quarter": row.quarter, "asked_on": row.drawn_on}
        for candidate, _cell in invited
        for one in candidate.who
    ]
    insert_rows(session, PulseAsked, sorted(asked, key=lambda line: line["who"]))


def _message(quarter: str, candidate: Candidate, seed: str) -> Message:
    return Message(
        key=f"pulse:{quarter}:{candidate.who[0]}",
        letter=Letter.PULSE,
        channel=candidate.channel,
        to=candidate.to,
        locale=candidate.row.locale,
        quiet=True,
        data={"seed": seed},
    )


def _open_cells(session: Session, quarter: str, places: set[Stratum], pack: PulsesPack) -> None:
    """Write the counters at zero: afterwards they only grow, all of a cell at once."""
    options = [
        (question.code, code)
        for question in pack.questions
        for code in (*(option.code for option in question.options), UNSAID)
    ]
    rows = [
        {"quarter": quarter, "field": field, "size": size, "question": question, "option": option, "n": 0}
        for (field, size), (question, option) in product(sorted(places), options)
    ]
    insert_rows(session, PulseCell, rows)
