"""RQ entry points: what the ledger holds goes out, each at least once and under one name; the morning's mails.

Each channel has a job of its own and stops when the other side is away, so that none holds up another.
"""

from datetime import timedelta

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, select

from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.faults import point
from feedback_app.notifications import digests, outgoing, sealed
from feedback_app.notifications.gateway import gateway_for
from feedback_app.notifications.letters import compose
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.outgoing import Sender
from feedback_app.notifications.rules import URGENT, Channel, Letter, pause_after
from feedback_app.notifications.transport import transport_for

log = structlog.get_logger()
LEASE = timedelta(minutes=10)  # whoever died while sending: another tries again after it
MOST = 500  # messages per run; the next comes within a minute
OUTAGE = 3  # failures in a row after which the run ends


def send_mails(most: int = MOST) -> int:
    """Send the mails that are due; return how many were tried."""
    transport = transport_for(current_app.extensions["settings"])
    return _send_all(Channel.MAIL, lambda message: transport(compose(message)), most)


def send_sms(most: int = MOST) -> int:
    """Send the SMS that are due, where there is a gateway; return how many were tried."""
    return _by_gateway(Channel.SMS, most)


def send_zalo(most: int = MOST) -> int:
    """Send the Zalo messages that are due, where there is a gateway; return how many were tried."""
    return _by_gateway(Channel.ZALO, most)


def write_digests() -> int:
    """Write the mail of the morning to all who have news, and the list of the week on its day; return how many."""
    return digests.write_weekly() + digests.write_all()


def remind_of_sealed_reports() -> int:
    """Send the inspectors' daily mail of constant text; return how many."""
    return sealed.send_reminders()


def _by_gateway(channel: Channel, most: int) -> int:
    sender = gateway_for(current_app.extensions["settings"], channel)
    return _send_all(channel, sender, most) if sender is not None else 0


def _send_all(channel: Channel, sender: Sender, most: int) -> int:
    """Send what is due, no transaction open meanwhile."""
    outages = 0
    for tried in range(most):
        message = _claim(channel)
        if message is None:
            return tried
        outages = 0 if _send(sender, message) else outages + 1
        db.session.close()
        if outages == OUTAGE:
            log.warning("the sending stops for now", channel=channel, failures=outages)
            return tried + 1
    return most


def _claim(channel: Channel) -> Dispatch | None:
    """Take the next message; the claim is committed, so that a second sender passes over it."""
    with unit_of_work() as session:
        query = select(Dispatch).where(*_due(channel)).order_by(Dispatch.not_before, Dispatch.id).limit(1)
        message = session.scalars(query.with_for_update(skip_locked=True)).first()
        if message is not None:
            message.attempts += 1
            message.not_before = clock.now() + LEASE
        return message


def _due(channel: Channel) -> tuple[ColumnElement[bool], ...]:
    waiting = Dispatch.sent_at.is_(None), Dispatch.given_up_at.is_(None)
    due = Dispatch.channel == channel, *waiting, Dispatch.not_before <= clock.now()
    return (*due, Dispatch.letter != Letter.PULSE) if _in_fieldwork() else due


def _in_fieldwork() -> bool:
    """Say whether invitations that are still under way wait: VCCI asks enterprises itself these days."""
    try:
        return store.current(db.session()).catalogue.pulses.in_fieldwork(clock.today())
    except store.NotLoaded:
        return True


def _send(sender: Sender, message: Dispatch) -> bool:
    """Send one message; return False when the other side seems to be away."""
    try:
        sender(message)
    except Exception as error:  # whatever is wrong with one message must not hold up the others
        log.exception(
            "a message was not sent",
            message=message.id,
            attempts=message.attempts,
            error=type(error).__name__,
        )
        _postpone(message.id, error)
        return not outgoing.is_outage(error)
    point(f"{message.channel}-sent")
    with unit_of_work() as session:
        sent = session.get_one(Dispatch, message.id)
        sent.sent_at, sent.last_error = clock.now(), None
        _forget(sent)
    return True


def _postpone(message_id: int, error: Exception) -> None:
    with unit_of_work() as session:
        message = session.get_one(Dispatch, message_id)
        message.last_error = outgoing.reason(error)
        pause = None if outgoing.is_final(error) else pause_after(message.attempts)
        if pause is not None:
            message.not_before = clock.now() + pause
            return
        message.given_up_at = clock.now()
        if message.letter in URGENT:
            _forget(message)  # whoever waited has asked anew: it is not sent again


def _forget(message: Dispatch) -> None:
    """Keep that the message was written, not to whom nor what."""
    message.recipient, message.data = "", {}
