"""The receipt: 110 random bits and two check symbols, from which the reporter's keys follow.

110 bits need no stretching (a slow hash is for what people make up), so one keyed BLAKE2b does, and it costs the same
for a right code and a wrong one.
"""

import hashlib
import secrets
from dataclasses import dataclass

from feedback_app.confidential.errors import Mistyped
from feedback_app.confidential.sealing.slots import KeyPair, pair_from

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U to misread
RANDOM = 22  # symbols of 5 bits
LENGTH = RANDOM + 2
GROUP = 4
CHECK_PRIME = 1021  # the largest prime below 32 × 32
_MISREAD = str.maketrans("OILU", "011V")


@dataclass(frozen=True)
class Reporter:
    """What a code opens: the row (``lookup``, stored hashed once more) and the reporter's slot."""

    lookup: bytes
    pair: KeyPair


def new_token() -> bytes:
    """Return a form's one-time token."""
    return secrets.token_bytes(32)


def from_token(token: bytes, key: bytes) -> str:
    """Return the code of a form's token: sent twice, it is the same code, hence the same single report.

    ``key`` is the installation's, so that a form kept by a browser does not give the code away by itself.
    """
    digest = hashlib.blake2b(token, key=key, digest_size=16, person=b"vault receipt").digest()
    number = int.from_bytes(digest, "big") >> (128 - 5 * RANDOM)
    symbols = _symbols(number, RANDOM)
    return symbols + _check(symbols)


def grouped(code: str) -> str:
    """Return the code in groups of four, as it is shown and printed."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def last_group(code: str) -> str:
    """Return the group that the reporter types back."""
    return code[-GROUP:]


def normalised(typed: str) -> str:
    """Return the code as typed by a person: case, blanks, dashes, O/0, I/L/1, U/V forgiven.

    Raises:
        Mistyped: not 24 symbols, or the check symbols do not fit.
    """
    code = _folded(typed)
    if len(code) != LENGTH or _check(code[:RANDOM]) != code[RANDOM:]:
        raise Mistyped
    return code


def keys_of(code: str) -> Reporter:
    """Return the lookup value and the key pair of a normalised code."""
    material = hashlib.blake2b(code.encode(), digest_size=64, person=b"vault reporter").digest()
    return Reporter(material[:32], pair_from(material[32:]))


def stored_lookup(reporter: Reporter) -> bytes:
    """Return what stands in the row: a hash of the lookup value."""
    return hashlib.blake2b(reporter.lookup, digest_size=32, person=b"vault lookup").digest()


def mentions(text: str, code: str) -> bool:
    """Whether the text holds the code, with blanks or signs between its symbols or without."""
    return code in _folded(text)


def _folded(text: str) -> str:
    return "".join(symbol for symbol in text.upper().translate(_MISREAD) if symbol in ALPHABET)


def _check(symbols: str) -> str:
    """Return two symbols that tell every single wrong symbol and every swap of two neighbours."""
    number = 0
    for symbol in symbols:
        number = (number * 32 + ALPHABET.index(symbol)) % CHECK_PRIME
    return _symbols(number, 2)


def _symbols(number: int, count: int) -> str:
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(count)))
