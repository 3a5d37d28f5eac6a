"""The way out of messages without signing in: a signed token says who no longer wants what."""

import base64
import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from feedback_app.accounts.models import User
from feedback_app.core.security import keyed_hash
from feedback_app.notifications import services
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.reaching import contact_hash, wishes
from feedback_app.notifications.rules import Channel, Letter

SIGNED = 20  # symbols of 5 bits


class Scope(StrEnum):
    """What is given up."""

    DIGEST = "d"  # the mail of the morning and the list of the week
    MAIL = "m"
    SMS = "s"
    ZALO = "z"


CHANNELS = {Scope.MAIL: Channel.MAIL, Scope.SMS: Channel.SMS, Scope.ZALO: Channel.ZALO}
WISHES = {Scope.DIGEST: "digest", Scope.MAIL: "mail", Scope.SMS: "sms", Scope.ZALO: "zalo"}


@dataclass(frozen=True, slots=True)
class Request:
    """A token that was ours: ``who`` is an account or the hash of a contact."""

    scope: Scope
    who: str


def scope_of(message: Dispatch) -> Scope:
    """Return what leaving this message means."""
    if message.letter in {Letter.BRIEF, Letter.DIGEST, Letter.PROGRAMME, Letter.WEEKLY, Letter.WORD}:
        return Scope.DIGEST
    return next(scope for scope, channel in CHANNELS.items() if channel == message.channel)


def account(user_id: int) -> str:
    return f"u{user_id}"


def contact(channel: Channel, to: str) -> str:
    return f"c{contact_hash(channel, to)}"


def token(scope: Scope, who: str) -> str:
    """Return the token, which lasts: whoever finds an old mail may still leave."""
    return f"{scope}{who}-{_signature(scope, who)}"


def read(text: str) -> Request | None:
    """Return what the token says, ``None`` if it is none of ours."""
    said, _dash, signature = text.partition("-")
    if said[:1] not in set(Scope) or said[1:2] not in {"u", "c"}:
        return None
    scope, who = Scope(said[0]), said[1:]
    if who.startswith("c") and scope not in CHANNELS:
        return None
    right = hmac.compare_digest(_signature(scope, who).encode(), signature.encode())
    return Request(scope, who) if right else None


def leave(session: Session, request: Request, at: datetime) -> None:
    """Stop what the token is about; a second time changes nothing. Legal notices go on."""
    _change(session, request, at, wanted=False)


def come_back(session: Session, request: Request, at: datetime) -> None:
    """Take it back."""
    _change(session, request, at, wanted=True)


def _change(session: Session, request: Request, at: datetime, *, wanted: bool) -> None:
    if request.who.startswith("u"):
        _of_account(session, int(request.who[1:]), request.scope, wanted=wanted)
        return
    channel = CHANNELS[request.scope]
    if wanted:
        services.take_refusal_back(session, request.who[1:], channel)
    else:
        services.refuse(session, request.who[1:], channel, at)


def _of_account(session: Session, user_id: int, scope: Scope, *, wanted: bool) -> None:
    if session.get(User, user_id) is None:
        return
    before = wishes(session, [user_id])[user_id]
    services.choose(session, user_id, replace(before, **{WISHES[scope]: wanted}))


def _signature(scope: Scope, who: str) -> str:
    digest = bytes.fromhex(keyed_hash(f"{scope}{who}", "unsubscribe"))
    return base64.b32encode(digest).decode()[:SIGNED]
