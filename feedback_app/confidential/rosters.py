"""The list of a body's seats, from the database, believed only with the pinned key's signature."""

from sqlalchemy.orm import Session

from feedback_app.confidential import questions, roster
from feedback_app.confidential.context import vault
from feedback_app.confidential.errors import IntakeClosed
from feedback_app.confidential.models import SignedRoster
from feedback_app.confidential.roster import Roster


def current(session: Session, body: str) -> Roster:
    """Return the body's roster.

    Raises:
        IntakeClosed: no such body here, not set up, no pinned key has signed exactly this list, or it is older than
            the pinned version: an old one put back, whose seats may have left since.
    """
    stored = session.get(SignedRoster, body)
    pins = vault().anchors.of(body)
    if stored is None or not pins or body not in {hosted.code for hosted in questions.shipped().hosted()}:
        raise IntakeClosed
    found = next(filter(None, (_verified(stored, pin) for pin in pins)), None)
    if found is None or found.version < vault().anchors.least(body):
        raise IntakeClosed
    return found


def signed_by(session: Session, body: str, pin: str) -> bool:
    """Whether the pinned key ``pin`` signed the list that is in the database now."""
    stored = session.get(SignedRoster, body)
    return stored is not None and _verified(stored, pin) is not None


def fingerprint(body: str) -> str:
    """Return the pinned key of the body as people compare it. Raises IntakeClosed."""
    pins = vault().anchors.of(body)
    if not pins:
        raise IntakeClosed
    return roster.fingerprint(pins[0])


def _verified(stored: SignedRoster, pin: str) -> Roster | None:
    try:
        found = roster.verified(stored.document, stored.signature, pin)
    except IntakeClosed:
        return None
    return found if found.body == stored.body else None
