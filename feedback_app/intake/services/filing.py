"""The last step: a draft becomes a ticket, once, however often it is sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback_app.catalogue.packs import Kind
from feedback_app.catalogue.store import Loaded
from feedback_app.core.errors import Conflict
from feedback_app.intake import codes, queries
from feedback_app.intake.content import Content
from feedback_app.intake.services import attaching, drafts
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.services.opening import FiledBy, Filing, open_ticket


class FiledMeanwhile(Conflict):
    """Another request stored the same filing between our look and our writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who is signed in, if anybody: an enterprise, or staff who type for a caller."""

    enterprise_id: int | None = None
    user_id: int | None = None
    staff: bool = False


def send(
    session: Session,
    secret: str,
    content: Content,
    loaded: Loaded,
    *,
    sender: Sender,
    at: datetime,
    locale: str,
    prefix: str,
) -> Ticket:
    """File the draft: ticket, attachments and the end of the draft in the running transaction.

    A filing that was sent before is returned as it was stored.

    Raises:
        FiledMeanwhile: roll back, and read the ticket by ``queries.filed_as``.
    """
    twin = queries.filed_as(session, codes.submission(secret))
    if twin is not None:
        return twin
    filing = _filing(secret, content, sender, locale)
    try:
        ticket = open_ticket(session, filing, loaded, at=at, prefix=prefix)
    except IntegrityError as error:
        raise FiledMeanwhile from error
    attaching.attach(session, ticket, secret, content, at=at)
    drafts.discard(session, secret)
    return ticket


def _filing(secret: str, content: Content, sender: Sender, locale: str) -> Filing:
    guest = sender.enterprise_id is None
    return Filing(
        submission=codes.submission(secret),
        kind=Kind(content.kind),
        field=content.field,
        title=content.title,
        body=content.body,
        by=_filed_by(content, locale),
        procedure=content.procedure or None,
        area=content.area or None,
        concerned=frozenset(content.concerned),
        hide_identity=content.hide_identity,
        publish_consent=content.publish_consent,
        accusation=content.accusation,
        channel="hotline" if sender.staff else content.channel or "web",
        channel_code=content.channel_code,
        dossier_code=content.dossier_code,
        promised_on=content.promised_on,
        letters=content.letters,
        enterprise_id=sender.enterprise_id,
        user_id=sender.user_id,
        tracking_hash=codes.tracking_hash(codes.tracking_code(secret)) if guest else None,
    )


def _filed_by(content: Content, locale: str) -> FiledBy:
    return FiledBy(
        filer_type=content.filer_type,
        name=content.name,
        identifier=content.identifier,
        on_behalf_of=content.on_behalf_of,
        contact_name=content.contact_name,
        phone=content.phone,
        email=content.email,
        address=content.address,
        locale=locale,
    )


def is_filed(session: Session, secret: str) -> bool:
    """Say whether the draft of this id was filed before."""
    return queries.is_filed(session, codes.submission(secret))
