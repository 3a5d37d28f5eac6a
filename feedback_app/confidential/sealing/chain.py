"""Links of the log: keyed, so that nobody who only reaches the database can write or rewrite one."""

import hashlib

START = bytes(32)


def link(previous: bytes, content: bytes, key: bytes) -> bytes:
    """Return the link of ``content`` after ``previous``."""
    return hashlib.blake2b(previous + content, key=key, digest_size=32, person=b"vault log").digest()


def subkey(secret: bytes, purpose: str) -> bytes:
    """Return the key for one purpose from the installation's secret of any length."""
    base = hashlib.blake2b(secret, digest_size=32, person=b"vault secret").digest()
    return hashlib.blake2b(purpose.encode(), key=base, digest_size=32, person=b"vault subkey").digest()
