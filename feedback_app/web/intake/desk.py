"""What a step finds on its desk: the visitor's draft and the catalogue, or word that the database is away."""

from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_login import current_user

from feedback_app.accounts.actor import Audience
from feedback_app.catalogue import packs, store
from feedback_app.catalogue.packs import Catalogue, LocalText
from feedback_app.core import clock, i18n
from feedback_app.core.db import STORE_IS_AWAY, db, unit_of_work
from feedback_app.intake import codes
from feedback_app.intake.content import Content, Suggestion
from feedback_app.intake.rules import FilerType
from feedback_app.intake.services import drafts
from feedback_app.intake.services.filing import Sender
from feedback_app.intake.suggesting import suggest
from feedback_app.web.identity import require_known
from feedback_app.web.intake import cookies


@dataclass(slots=True)
class Desk:
    """The draft of this request; ``away``: the database does not answer, the content is empty."""

    secret: str
    content: Content
    away: bool = False

    def save(self) -> None:
        """Write the draft in a transaction of its own."""
        days = current_app.extensions["settings"].draft_days
        with unit_of_work() as session:
            drafts.save(session, self.secret, self.content, at=clock.now(), days=days)

    def suggest(self) -> None:
        """Keep what routing says of the draft as it stands."""
        self.content.suggestion = suggest(self.content, catalogue(), clock.today())


def find() -> Desk | None:
    """Return the visitor's draft, ``None`` when there is none."""
    secret = cookies.draft()
    if secret is None:
        return None
    try:
        content = drafts.load(db.session(), secret, clock.now())
    except STORE_IS_AWAY:
        db.session.rollback()
        return Desk(secret, Content(), away=True)
    return Desk(secret, content) if content is not None else None


def new() -> Desk:
    """Return an empty draft under a fresh id; an account's enterprise is filled in."""
    content = Content()
    if current_user.is_authenticated and current_user.user.enterprise is not None:
        enterprise, user = current_user.user.enterprise, current_user.user
        content.filer_type, content.name = _known_type(enterprise.filer_type), enterprise.name
        content.identifier, content.address = enterprise.identifier, enterprise.address
        content.contact_name, content.phone, content.email = user.name, user.phone, user.email
    return Desk(codes.new_secret(), content)


def catalogue() -> Catalogue:
    """Return the catalogue in force; that of the shipped files while the database is away."""
    try:
        return store.current(db.session()).catalogue
    except STORE_IS_AWAY:
        db.session.rollback()
        return packs.shipped()


def sender() -> Sender:
    """Return who is signed in, as the filing records it; fails where the database could not say who."""
    require_known()
    if not current_user.is_authenticated:
        return Sender()
    person = current_user.actor
    return Sender(enterprise_id=person.enterprise_id, user_id=person.user_id, staff=is_staff())


def is_staff() -> bool:
    """Say whether staff type for somebody else; nobody is known while the database is away."""
    return current_user.is_authenticated and Audience.OFFICER in current_user.actor.audiences()


def said(text: LocalText) -> str:
    """Return ``text`` in the reader's language."""
    return text.in_language(i18n.language())


def suggestion(content: Content, on: date) -> Suggestion:
    """Return what routing says of the draft today: as kept, or anew where that is of another day or kind."""
    kept = content.suggestion
    if kept is not None and kept.on == on and kept.kind == content.kind:
        return kept
    return suggest(content, catalogue(), on)


def _known_type(code: str) -> str:
    return code if code in set(FilerType) else FilerType.ENTERPRISE
