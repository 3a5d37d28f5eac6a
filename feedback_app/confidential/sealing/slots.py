"""Twelve sealed boxes, unlabelled: who can open one reads the report; how many can is not to be seen."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from nacl import bindings
from nacl._sodium import ffi, lib  # type: ignore[import-not-found]

from feedback_app.confidential.errors import Tampered, TooLong

COUNT = 12
PAYLOAD = 64
SLOT = PAYLOAD + bindings.crypto_box_SEALBYTES
SIZE = COUNT * SLOT


@dataclass(frozen=True)
class KeyPair:
    """An X25519 pair; the private half never shows in a representation."""

    public: bytes
    private: bytes

    def __repr__(self) -> str:
        return f"KeyPair({self.public.hex()[:8]}…)"


def new_pair() -> KeyPair:
    return KeyPair(*bindings.crypto_box_keypair())


def pair_from(seed: bytes) -> KeyPair:
    """Return the pair that belongs to 32 bytes of seed."""
    return KeyPair(*bindings.crypto_box_seed_keypair(seed))


@dataclass(frozen=True)
class Keys:
    """What a slot holds: the report's key, and the key of the inspectors' work on it."""

    report: bytes
    working: bytes

    def __repr__(self) -> str:
        return "Keys(…)"


def new_keys() -> Keys:
    return Keys(secrets.token_bytes(32), secrets.token_bytes(32))


def without_work(keys: Keys) -> Keys:
    """Return what the reporter gets: the same key to the report, noise instead of the key to the work."""
    return Keys(keys.report, secrets.token_bytes(32))


def make(entries: Sequence[tuple[bytes, Keys]]) -> bytes:
    """Return the table for (public key, keys) pairs, filled up with boxes nobody can open, in random order.

    Raises:
        TooLong: more than twelve.
    """
    if len(entries) > COUNT:
        raise TooLong("slots")
    boxes = [_box(public, keys) for public, keys in entries]
    boxes += [_box(new_pair().public, new_keys()) for _ in range(COUNT - len(boxes))]
    secrets.SystemRandom().shuffle(boxes)
    return b"".join(boxes)


def dummies() -> bytes:
    """Return a table that nobody can open."""
    return make([])


def find(table: bytes, pair: KeyPair, *, every: bool = False) -> Keys | None:
    """Return what the pair's slot holds, trying each; ``None`` when no slot is its own.

    ``every`` tries them all even after one opened: so that time tells nothing.

    Raises:
        Tampered: the table has not its one size.
    """
    if len(table) != SIZE:
        raise Tampered("slots")
    found, plain = None, ffi.new("unsigned char[]", PAYLOAD)
    for start in range(0, SIZE, SLOT):
        # libsodium at once: thousands of boxes are tried for a list, and PyNaCl's checks cost a third of it
        if lib.crypto_box_seal_open(plain, table[start : start + SLOT], SLOT, pair.public, pair.private):
            continue
        held = ffi.buffer(plain)[:]
        found = Keys(held[:32], held[32:])
        if not every:
            break
    return found


def _box(public: bytes, keys: Keys) -> bytes:
    return bindings.crypto_box_seal(keys.report + keys.working, public)
