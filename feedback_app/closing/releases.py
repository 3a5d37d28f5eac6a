"""The one door from the sealed reports to the figures: a file a quarter, believed only with its signatures.

Nothing else of the vault is known here: not its database, not its keys but the pinned one that people compared aloud.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.confidential import release_file, roster
from feedback_app.confidential.errors import IntakeClosed
from feedback_app.confidential.release_file import FORMAT, Proposed
from feedback_app.surveys import outside
from feedback_app.surveys.outside import FrozenTable

SOURCE = "sealed"


class NotBelieved(ValueError):
    """The file is not what two seats of the body signed."""


def take(session: Session, file: bytes, pin: str, *, at: datetime) -> FrozenTable:
    """Write the released quarter down for good; the same file again changes nothing.

    Args:
        file: what ``feedback vault release-quarter`` wrote.
        pin: the body's verifying key in hex, as it was compared when the body was set up.

    Raises:
        NotBelieved: no release file, another body's key, or not the signatures of two seats.
        Conflict: another release of that quarter was taken in before.
    """
    release = _believed(file, pin)
    content = {
        "body": release.body,
        "counted_on": release.counted_on.isoformat(),
        "tables": [table.model_dump(mode="json") for table in release.tables],
    }
    return outside.put(
        session, period=release.quarter, source=SOURCE, name=release.body, content=content, at=at
    )


def _believed(file: bytes, pin: str) -> Proposed:
    try:
        content: dict[str, Any] = json.loads(file)
        release = Proposed.model_validate(content["release"])
        seats = roster.verified(content["roster"], content["roster_signature"], pin.strip().lower())
    except (ValueError, KeyError, TypeError, IntakeClosed):
        raise NotBelieved from None
    if content.get("format") != FORMAT or seats.body != release.body or release.proposer == release.approver:
        raise NotBelieved
    for seat_id, signature in ((release.proposer, release.proposal), (release.approver, release.approval)):
        seat = seats.seat(seat_id)
        if seat is None or not release_file.is_signed_by(release, seat_id, signature, seat.verify):
            raise NotBelieved
    return release
