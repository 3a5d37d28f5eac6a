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
from feedback_app.intake.services import attaching
from feedback_app.tickets.services.opening import FiledBy, Filing, open_ticket


class NotFiled(Conflict):
    """There is no complete draft to file, or it was filed before: roll back, and ask ``is_filed``."""


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
) -> None:
    """File the content of the draft that was taken (``drafts.take``): ticket and attachments.

    Raises:
        NotFiled: the same draft was filed before.
    """
    filing = _filing(secret, content, sender, locale)
    try:
        ticket = open_ticket(session, filing, loaded, at=at, prefix=prefix)
    except IntegrityError as error:
        raise NotFiled from error
    attaching.attach(session, ticket.id, secret, content, at=at)


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
