"""The body's offline secret, printed as three shares of which any two suffice (Shamir, over a prime field)."""

import hashlib
import secrets
from dataclasses import dataclass

from feedback_app.confidential.errors import WrongShares
from feedback_app.confidential.sealing.receipts import ALPHABET, _folded
from feedback_app.confidential.sealing.slots import KeyPair, pair_from

PRIME = 2**256 + 297  # the smallest prime above 2^256: every secret of 32 bytes is a number below it
COUNT = 3
SYMBOLS = 52  # 260 bits hold a number below the prime
CHECK = 4
GROUP = 4


@dataclass(frozen=True)
class Offline:
    """What follows from the offline secret: the recovery pair and the seed of the signing key."""

    recovery: KeyPair
    signing_seed: bytes
    audit: KeyPair


def new_secret() -> bytes:
    return secrets.token_bytes(32)


def offline_of(secret: bytes) -> Offline:
    """Return the keys of the offline secret; it is never kept, only printed in shares."""
    return Offline(
        pair_from(_derived(secret, b"recovery")),
        _derived(secret, b"signing"),
        pair_from(_derived(secret, b"audit")),
    )


def split(secret: bytes) -> tuple[str, str, str]:
    """Return three lines to print; one alone tells nothing about the secret."""
    slope = secrets.randbelow(PRIME)
    start = int.from_bytes(secret, "big")
    first, second, third = (_line(x, (start + slope * x) % PRIME) for x in range(1, COUNT + 1))
    return first, second, third


def combine(one: str, other: str) -> bytes:
    """Return the secret.

    Raises:
        WrongShares: mistyped, the same share twice, or shares of two secrets.
    """
    (x1, y1), (x2, y2) = _point(one), _point(other)
    if x1 == x2:
        raise WrongShares
    # the line through two points, at zero
    number = (y1 * x2 - y2 * x1) * pow(x2 - x1, -1, PRIME) % PRIME
    if number >= 2**256:
        raise WrongShares
    return number.to_bytes(32, "big")


def _line(x: int, y: int) -> str:
    symbols = f"{x}" + "".join(ALPHABET[y >> (5 * place) & 31] for place in reversed(range(SYMBOLS)))
    whole = symbols + _check(symbols)
    return "-".join([whole[0], *(whole[i : i + GROUP] for i in range(1, len(whole), GROUP))])


def _point(typed: str) -> tuple[int, int]:
    symbols = _folded(typed)
    body, check = symbols[:-CHECK], symbols[-CHECK:]
    if len(body) != SYMBOLS + 1 or body[0] not in "123" or _check(body) != check:
        raise WrongShares
    number = 0
    for symbol in body[1:]:
        number = number * 32 + ALPHABET.index(symbol)
    return int(body[0]), number


def _check(symbols: str) -> str:
    digest = hashlib.blake2b(symbols.encode(), digest_size=4, person=b"vault share").digest()
    return "".join(ALPHABET[byte & 31] for byte in digest)


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=32, person=b"vault " + purpose).digest()
