"""Agencies whose figures nobody has confirmed: one mail to each head and period, with the period only."""

from datetime import date

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Function
from feedback_app.core.outbox import Payload
from feedback_app.notifications import people, reaching
from feedback_app.notifications.reaching import Occasion
from feedback_app.notifications.rules import Channel, Letter
from feedback_app.notifications.services import dispatch


def unconfirmed(session: Session, payload: Payload) -> None:
    """Tell those who speak for the agencies; the key of the ledger is period and person, so each hears once."""
    staff = people.staff(session, payload["agency_ids"])
    heads = {
        p.user.id: p for id_ in payload["agency_ids"] for p in staff.holding((Function.AGENCY_HEAD,), id_)
    }
    until = date.fromisoformat(payload["until"])
    data = {"period": payload["period"], "day": f"{until:%d/%m/%Y}"}
    occasion = Occasion(payload["period"], Letter.FIGURES, data, quiet=True)
    wished = reaching.wishes(session, heads)
    messages = [
        reaching.to_account(occasion, person.user, Channel.MAIL)
        for person in heads.values()
        if wished[person.user.id].mail
    ]
    dispatch(session, messages)
