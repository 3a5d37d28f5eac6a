"""Secrets and what may be stored of them."""

import hashlib
import hmac
import secrets

from flask import current_app

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread


MISREAD = str.maketrans("OILU", "011V")


def new_code(length: int = 20) -> str:
    """Return a random code of ``length`` symbols, 5 bits each, that can be read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def grouped(code: str, size: int = 5) -> str:
    """Return ``code`` in groups, as it is shown and printed."""
    return "-".join(code[i : i + size] for i in range(0, len(code), size))


def normalised(code: str) -> str:
    """Return the symbols of a code as typed by a person: case, blanks, dashes, O/0, I/L/1 forgiven."""
    folded = code.upper().translate(MISREAD)
    return "".join(symbol for symbol in folded if symbol in ALPHABET)


def keyed_hash(secret: str, purpose: str) -> str:
    """Return the keyed SHA-256 under which a random secret of at least 80 bits is stored.

    Secrets that a machine drew need no slow hash; the key makes a stolen table useless.
    """
    key = hashlib.sha256(purpose.encode() + b"\0" + current_app.config["KEY"]).digest()
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()
