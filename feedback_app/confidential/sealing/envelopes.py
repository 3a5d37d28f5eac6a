"""Envelopes: XChaCha20-Poly1305, padded so that the length tells a step only, bound to report and kind."""

import secrets
from enum import StrEnum

from nacl import bindings
from nacl.exceptions import CryptoError

from feedback_app.confidential.errors import Tampered, TooLong

KEY = 32  # bytes
STEP = 16 * 1024
SMALL = 4 * 1024
NONCE = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
OVERHEAD = NONCE + bindings.crypto_aead_xchacha20poly1305_ietf_ABYTES


class Kind(StrEnum):
    """What an envelope holds; a ciphertext put in another's place does not open."""

    ANSWERS = "answers"
    SHARED = "shared"
    WORKING = "working"
    IDENTITY = "identity"
    RELEASE = "release"
    STATE = "state"


FIXED = frozenset({Kind.ANSWERS, Kind.IDENTITY})  # of one size, whatever they hold


def new_key() -> bytes:
    return secrets.token_bytes(KEY)


def seal(content: bytes, key: bytes, owner: str, kind: Kind, beside: bytes = b"") -> bytes:
    """Return nonce and ciphertext of the padded ``content``, which only opens for the same owner and kind.

    ``beside`` says what else must stand unchanged for it to open.

    Raises:
        TooLong: an envelope of fixed size cannot hold it.
    """
    step = SMALL if kind in FIXED or kind is Kind.STATE else STEP
    if kind in FIXED and len(content) >= SMALL:
        raise TooLong(kind)
    nonce = secrets.token_bytes(NONCE)
    padded = padded_to(content, step)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
        padded, _bound(owner, kind) + beside, nonce, key
    )


def unseal(envelope: bytes, key: bytes, owner: str, kind: Kind, beside: bytes = b"") -> bytes:
    """Return the content. Raises Tampered: cut off, changed, of another report or kind, or the wrong key."""
    bound = _bound(owner, kind) + beside
    nonce, sealed = envelope[:NONCE], envelope[NONCE:]
    try:
        padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound, nonce, key)
    except (CryptoError, ValueError, TypeError):
        raise Tampered(kind) from None
    return unpadded(padded)


def tag_of(envelope: bytes) -> bytes:
    """Return nonce and authentication tag: nobody without the key makes another that opens and has both."""
    return envelope[:NONCE] + envelope[NONCE - OVERHEAD :]


def padded_to(content: bytes, step: int) -> bytes:
    """Return ``content`` with one 0x80 and zeros up to the next multiple of ``step`` (ISO/IEC 7816-4)."""
    return content + b"\x80" + bytes(-(len(content) + 1) % step)


def unpadded(padded: bytes) -> bytes:
    """Return what ``padded_to`` was given. Raises Tampered."""
    content, mark, rest = padded.rpartition(b"\x80")
    if not mark or rest != bytes(len(rest)):
        raise Tampered("padding")
    return content


def _bound(owner: str, kind: Kind) -> bytes:
    return f"vault 1\0{kind}\0{owner}".encode()
