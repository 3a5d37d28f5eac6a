"""The mail of the morning, one a person, and the list of the week: counts and numbers of tickets, no word of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.catalogue import store
from feedback_app.catalogue.packs.ladder import Delivery
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.deadlines.calendar import work_calendar
from feedback_app.escalation import queries as escalation
from feedback_app.escalation.queries import Listed
from feedback_app.escalation.rules import list_day
from feedback_app.escalation.services import list_of_the_week
from feedback_app.notifications import people, queries, reaching
from feedback_app.notifications.people import Person
from feedback_app.notifications.reaching import Occasion
from feedback_app.notifications.rules import Channel, Letter, Wishes
from feedback_app.notifications.services import Message, dispatch, mark_digested

BATCH = 200  # people per transaction
SHOWN = 50  # numbers of tickets of one kind in a mail; the rest is counted


def write_all(size: int = BATCH) -> int:
    """Write the mails of today; return how many. On a day off nobody is disturbed."""
    today = clock.today()
    calendar = work_calendar(store.current(db.session()).catalogue)
    db.session.close()
    if not calendar.is_working(today):
        return 0
    number, last = 0, 0
    while True:
        with unit_of_work() as session:
            user_ids = queries.awaiting_digest(session, last, size)
            number += _write_some(session, user_ids, today)
        db.session.close()
        if len(user_ids) < size:
            return number
        last = user_ids[-1]


def write_weekly() -> int:
    """Write the list of the week to the leadership, if it is due and not made yet; return how many mails."""
    with unit_of_work() as session:
        on = _due_on(session)
        listed = list_of_the_week(session, on, clock.today(), clock.now()) if on is not None else None
        if on is None or not listed:
            return 0
        leaders = people.leaders(session)
        _write_lists(session, listed, leaders, on)
        return len(leaders)


def _write_some(session: Session, user_ids: Sequence[int], today: date) -> int:
    wished = reaching.wishes(session, user_ids)
    messages = []
    for person in people.actors(session, user_ids):
        lines = queries.undigested(session, person.actor) if _wants(wished[person.user.id]) else []
        if lines:
            occasion = Occasion(str(today), Letter.DIGEST, {"sections": _sections(lines)}, quiet=True)
            messages.append(reaching.to_account(occasion, person.user, Channel.MAIL))
    dispatch(session, messages)
    mark_digested(session, user_ids, today)
    return len(messages)


def _sections(lines: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return what the mail says of each kind of news: how many tickets, and the first of their numbers."""
    sections = []
    for kind, group in groupby(lines, key=itemgetter(0)):
        codes = sorted({code for _kind, code in group})
        sections.append({"kind": kind, "count": len(codes), "codes": codes[:SHOWN]})
    return sections


def _due_on(session: Session) -> date | None:
    """Return the day for which the latest list is due, ``None`` where the ladder has none."""
    loaded = store.current(session)
    calendar = work_calendar(loaded.catalogue)
    rungs = (rung for course in escalation.courses(session, loaded) for rung in course.ladder.rungs)
    weekly = next((rung for rung in rungs if rung.delivery is Delivery.WEEKLY), None)
    if weekly is None or weekly.weekday is None:
        return None
    return list_day(weekly.weekday, clock.today(), calendar)


def _write_lists(session: Session, listed: Sequence[Listed], leaders: Sequence[Person], on: date) -> None:
    """Write to each leader what is late, sensitive reports as a number alone, nothing that is about their agency."""
    concerned = escalation.concerned_in(session, [entry.ticket_id for entry in listed if entry.sensitive])
    wished = reaching.wishes(session, [person.user.id for person in leaders])
    messages = []
    for person in leaders:
        own = person.actor.agency_ids()
        theirs = [entry for entry in listed if not own & concerned.get(entry.ticket_id, frozenset())]
        if theirs and _wants(wished[person.user.id]):
            messages.append(_list(person.user, theirs, on))
    dispatch(session, messages)


def _list(user: User, listed: Sequence[Listed], on: date) -> Message:
    open_ones = [entry for entry in listed if not entry.sensitive]
    new = [entry.code for entry in open_ones if entry.listed_on is None]
    data = {
        "new": len(new),
        "codes": new[:SHOWN],
        "still": len(open_ones) - len(new),
        "sealed": len(listed) - len(open_ones),
    }
    return reaching.to_account(Occasion(str(on), Letter.WEEKLY, data, quiet=True), user, Channel.MAIL)


def _wants(wishes: Wishes) -> bool:
    return wishes.mail and wishes.digest
