"""Signatures of seats: a key that follows from the seat's private key, so that there is one secret to keep."""

import hashlib

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey


def seed_of(private: bytes) -> bytes:
    """Return the seed of a seat's signing key."""
    return hashlib.blake2b(private, digest_size=32, person=b"vault signing").digest()


def verify_key(seed: bytes) -> str:
    """Return the public half, in hex."""
    return bytes(SigningKey(seed).verify_key).hex()


def sign(content: bytes, seed: bytes) -> str:
    """Return the signature, in hex."""
    return SigningKey(seed).sign(content).signature.hex()


def holds(content: bytes, signature: str, verify: str) -> bool:
    """Whether the key ``verify`` (hex) signed exactly ``content``."""
    try:
        VerifyKey(bytes.fromhex(verify)).verify(content, bytes.fromhex(signature))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
