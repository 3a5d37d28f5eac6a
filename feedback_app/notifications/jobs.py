"""RQ entry points: the mails of the ledger go out, each at least once and under one Message-ID."""

from datetime import timedelta

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, select

from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.faults import point
from feedback_app.notifications.letters import compose
from feedback_app.notifications.models import Mail
from feedback_app.notifications.rules import pause_after
from feedback_app.notifications.transport import Transport, transport_for

log = structlog.get_logger()
LEASE = timedelta(minutes=10)  # whoever died while sending: another tries again after it
MOST = 500  # mails per run; the next comes within a minute


def send_mails(most: int = MOST) -> int:
    """Send what is due, no transaction open meanwhile; return how many were tried."""
    transport = transport_for(current_app.extensions["settings"])
    for tried in range(most):
        mail = _claim()
        if mail is None:
            return tried
        _send(transport, mail)
        db.session.close()
    return most


def _claim() -> Mail | None:
    """Take the next mail; the claim is committed, so that a second sender passes over it."""
    with unit_of_work() as session:
        query = select(Mail).where(*_due()).order_by(Mail.not_before, Mail.id).limit(1)
        mail = session.scalars(query.with_for_update(skip_locked=True)).first()
        if mail is not None:
            mail.attempts += 1
            mail.not_before = clock.now() + LEASE
        return mail


def _due() -> tuple[ColumnElement[bool], ...]:
    return Mail.sent_at.is_(None), Mail.given_up_at.is_(None), Mail.not_before <= clock.now()


def _send(transport: Transport, mail: Mail) -> None:
    try:
        transport(compose(mail))
    except Exception as error:  # whatever is wrong with one mail must not hold up the others
        log.exception("a mail was not sent", mail=mail.id, attempts=mail.attempts, error=type(error).__name__)
        _postpone(mail.id, error)
        return
    point("mail-sent")
    with unit_of_work() as session:
        sent = session.get_one(Mail, mail.id)
        sent.sent_at, sent.last_error = clock.now(), None
        _forget(sent)


def _postpone(mail_id: int, error: Exception) -> None:
    with unit_of_work() as session:
        mail = session.get_one(Mail, mail_id)
        mail.last_error = type(error).__name__  # the text may name the address: it stays out
        pause = pause_after(mail.attempts)
        if pause is not None:
            mail.not_before = clock.now() + pause
            return
        mail.given_up_at = clock.now()
        _forget(mail)


def _forget(mail: Mail) -> None:
    """Keep that the mail was written, not to whom nor what."""
    mail.recipient, mail.data = "", {}
