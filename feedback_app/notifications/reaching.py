"""From a person and an occasion to messages: each in the channels that the person wants and that there are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.config import Settings
from feedback_app.core.security import keyed_hash
from feedback_app.notifications.models import Preference, Refusal
from feedback_app.notifications.rules import (
    Address,
    Channel,
    Letter,
    Wishes,
    channels_of_account,
    channels_of_guest,
)
from feedback_app.notifications.services import Message, dispatch
from feedback_app.tickets.models import Filer, Ticket

PHONE_TAIL = 9  # digits by which two spellings of one number agree: 0905…, +84905…


@dataclass(frozen=True, slots=True)
class Occasion:
    """What there is to tell; ``key`` names it, ``data`` holds the number of the ticket and no word of it."""

    key: str
    letter: Letter
    data: Mapping[str, Any]
    legal: bool = False
    quiet: bool = False


def possible_channels(settings: Settings | None = None) -> frozenset[Channel]:
    """Return the channels that this installation has: mail, and those with a gateway."""
    settings = settings or current_app.extensions["settings"]
    gateways = {Channel.SMS: settings.sms_url, Channel.ZALO: settings.zalo_url}
    return frozenset({Channel.MAIL, *(channel for channel, url in gateways.items() if url)})


def reaches_phones() -> bool:
    """Say whether anything can be sent to a telephone."""
    return possible_channels() != {Channel.MAIL}


def reach_accounts(session: Session, occasion: Occasion, users: Iterable[User]) -> None:
    """Write to people with an account, each in the channels they chose."""
    users = list(users)
    wished, possible = wishes(session, [user.id for user in users]), possible_channels()
    dispatch(
        session,
        [
            to_account(occasion, user, channel)
            for user in users
            for channel in channels_of_account(
                wished[user.id], Address(user.email, user.phone), possible, legal=occasion.legal
            )
        ],
    )


def to_account(occasion: Occasion, user: User, channel: Channel) -> Message:
    """Return the message of ``occasion`` to that person in that channel."""
    address = Address(user.email, user.phone)
    data = {**occasion.data, "guest": False, "legal": occasion.legal}
    return Message(
        key=f"{occasion.letter}:{occasion.key}:{user.id}",
        letter=occasion.letter,
        channel=channel,
        user_id=user.id,
        to=address.to(channel),
        locale=user.locale,
        quiet=occasion.quiet,
        data=data,
    )


def reach_filer(session: Session, occasion: Occasion, ticket: Ticket, filer: Filer) -> None:
    """Write to whoever filed, at the address or the number left, unless it was refused."""
    address = Address(filer.email, filer.phone)
    refused = refusals(session, address)
    channels = channels_of_guest(address, possible_channels(), refused, legal=occasion.legal)
    if filer.email and ticket.enterprise_id is not None:
        channels = [channel for channel in channels if channel is Channel.MAIL]
    data = {**occasion.data, "guest": ticket.enterprise_id is None, "legal": occasion.legal}
    messages = [
        Message(
            key=f"{occasion.letter}:{occasion.key}:filer",
            letter=occasion.letter,
            channel=channel,
            to=address.to(channel),
            locale=filer.locale,
            quiet=occasion.quiet,
            data=data,
        )
        for channel in channels
    ]
    dispatch(session, messages)


def wishes(session: Session, user_ids: Collection[int]) -> dict[int, Wishes]:
    """Return in which channels each of these people wants to hear."""
    rows = session.scalars(select(Preference).where(Preference.user_id.in_(user_ids)))
    chosen = {row.user_id: Wishes(row.mail, row.sms, row.zalo, row.digest) for row in rows}
    return {user_id: chosen.get(user_id, Wishes()) for user_id in user_ids}


def refusals(session: Session, address: Address) -> frozenset[Channel]:
    """Return the channels in which nobody is to write to these contacts."""
    hashes = {contact_hash(channel, address.to(channel)) for channel in Channel if address.to(channel)}
    query = select(Refusal.channel).where(Refusal.contact_hash.in_(hashes))
    return frozenset(Channel(channel) for channel in session.scalars(query))


def contact_hash(channel: Channel, contact: str) -> str:
    """Return the keyed hash under which a refusal of an address or a number is kept."""
    plain = contact.strip().lower() if channel is Channel.MAIL else "".join(filter(str.isdigit, contact))
    return keyed_hash(f"{channel}:{plain if channel is Channel.MAIL else plain[-PHONE_TAIL:]}", "contact")[
        :32
    ]
