"""What follows from the random id in the writer's cookie: the draft's key, the filing's, the tracking code.

Nothing of it is stored; whoever has the database alone can neither read a draft nor make up a code.
"""

import hashlib
import hmac
import secrets

from flask import current_app
from nacl.secret import SecretBox

from feedback_app.core.security import ALPHABET, keyed_hash

CODE_LENGTH = 20  # symbols of 5 bits: 100 bits


def new_secret() -> str:
    """Return a fresh random id of 256 bits for a cookie."""
    return secrets.token_urlsafe(32)


def draft_id(secret: str) -> str:
    return keyed_hash(secret, "draft")


def submission(secret: str) -> str:
    """Return what marks every sending of the same draft."""
    return keyed_hash(secret, "submission")


def tracking_hash(code: str) -> str:
    """Return the form in which a ticket knows its tracking code (twenty symbols, without dashes)."""
    return keyed_hash(code, "tracking")


def box(secret: str) -> SecretBox:
    """Return the box in which the draft is locked."""
    return SecretBox(_derived(secret, "draft content"))


def tracking_code(secret: str) -> str:
    """Return the guest's code: the same however often the same draft is sent."""
    number = int.from_bytes(_derived(secret, "tracking code"), "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_LENGTH))


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.new(current_app.config["KEY"], f"{purpose}\0{secret}".encode(), hashlib.sha256).digest()
