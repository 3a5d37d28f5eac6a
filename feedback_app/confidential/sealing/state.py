"""The reporter's steps, carried by the form itself: encrypted, dated, of stepped length; nothing stays here."""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from feedback_app.confidential.errors import StateExpired, Tampered
from feedback_app.confidential.sealing.envelopes import Kind, seal, unseal

LIFETIME = timedelta(hours=2)
_OWNER = "form"


def seal_state(values: Mapping[str, Any], key: bytes, at: datetime) -> str:
    """Return ``values`` (JSON) as text for a hidden field."""
    content = json.dumps([int(at.timestamp()), dict(values)], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(seal(content.encode(), key, _OWNER, Kind.STATE)).decode()


def open_state(text: str, key: bytes, at: datetime, lifetime: timedelta = LIFETIME) -> dict[str, Any]:
    """Return the values.

    Raises:
        Tampered: not ours, or changed.
        StateExpired: older than ``lifetime``.
    """
    try:
        envelope = base64.urlsafe_b64decode(text.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError, ValueError):
        raise Tampered("state") from None
    written, values = json.loads(unseal(envelope, key, _OWNER, Kind.STATE))
    if not 0 <= at.timestamp() - written + 1 <= lifetime.total_seconds():
        raise StateExpired
    return dict(values)
