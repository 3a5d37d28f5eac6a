"""What an inspector knows: Argon2id over a passphrase wraps the private key; at most two at once."""

import secrets
import threading
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from argon2.low_level import Type, hash_secret_raw

from feedback_app.confidential.errors import Busy, Tampered, WeakPassphrase, WrongPassphrase
from feedback_app.confidential.sealing.envelopes import Kind, seal, unseal

MEMORY_KIB = 256 * 1024
PASSES = 3
LANES = 1
AT_ONCE = 2
PATIENCE = 20.0  # seconds that a third waits
SALT = 16
SHORTEST = 16  # characters
FEWEST_DIFFERENT = 8
FEWEST_WORDS = 4
FEWEST_UNGUESSED = 12  # signs beside names, common words, runs of keys


@dataclass(frozen=True)
class Wrapped:
    """A private key under a passphrase, with what deriving takes; safe to store."""

    salt: bytes
    memory_kib: int
    passes: int
    sealed: bytes


class Derivations:
    """Bounds how many run at once: each holds 256 MiB."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold one of the places. Raises Busy when none becomes free in time."""
        if not self._free.acquire(timeout=self._patience):
            raise Busy
        try:
            yield
        finally:
            self._free.release()


DERIVATIONS = Derivations()


def wrap(private: bytes, passphrase: str, owner: str, memory_kib: int = MEMORY_KIB) -> Wrapped:
    """Return the private key wrapped for the seat ``owner``.

    Raises:
        WeakPassphrase: see ``require_strong``.
        Busy: two others are at it.
    """
    require_strong(passphrase, {owner})
    salt = secrets.token_bytes(SALT)
    key = _derived(passphrase, salt, memory_kib, PASSES)
    return Wrapped(salt, memory_kib, PASSES, seal(private, key, owner, Kind.WORKING))


def unwrap(wrapped: Wrapped, passphrase: str, owner: str) -> bytes:
    """Return the private key. Raises WrongPassphrase or Busy."""
    key = _derived(passphrase, wrapped.salt, wrapped.memory_kib, wrapped.passes)
    try:
        return unseal(wrapped.sealed, key, owner, Kind.WORKING)
    except Tampered:
        raise WrongPassphrase from None


def pretend(passphrase: str, memory_kib: int = MEMORY_KIB) -> NoReturn:
    """Do the work of ``unwrap`` for a name that nobody bears, so that time does not tell. Raises WrongPassphrase."""
    _derived(passphrase, bytes(SALT), memory_kib, PASSES)
    raise WrongPassphrase


def require_strong(passphrase: str, known: Collection[str] = ()) -> None:
    """Refuse what could be guessed: short, of few signs, or made of what everybody knows.

    At least 16 characters with 8 different ones, of four words or with other signs among them, and 12 characters
    beside ``known`` (name, body), common words and runs along the keyboard.

    Raises:
        WeakPassphrase: with a word for the reason as message.
    """
    text = _folded(passphrase)
    if len(text) < SHORTEST:
        raise WeakPassphrase("short")
    if len(set(text) - {" "}) < FEWEST_DIFFERENT or _repeats(text):
        raise WeakPassphrase("monotonous")
    if len(set(text.split())) < FEWEST_WORDS and text.replace(" ", "").isalpha():
        raise WeakPassphrase("few words")
    if len(_unguessed(text, known)) < FEWEST_UNGUESSED:
        raise WeakPassphrase("known")


COMMON = ("khanhhoa", "thanhtra", "password", "matkhau", "nhatrang", "vietnam", "admin")
ROWS = ("0123456789", "9876543210", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
RUN = 4  # neighbours in one of the rows that count as one guess


def _unguessed(text: str, known: Collection[str]) -> str:
    """Return what is left without names, common words and runs along the keyboard."""
    for word in map(_folded, (*known, *COMMON)):
        text = text.replace(word, "") if word else text
    pieces = {row[i : i + RUN] for row in ROWS for i in range(len(row) - RUN + 1)}
    told = [
        any(text[j : j + RUN] in pieces for j in range(max(0, i - RUN + 1), i + 1)) for i in range(len(text))
    ]
    return "".join(sign for sign, guessed in zip(text, told, strict=True) if not guessed)


def _repeats(text: str) -> bool:
    """Whether the text is one piece said over and over: ``abc123abc123abc123``."""
    return text in (text + text)[1:-1]


def _derived(passphrase: str, salt: bytes, memory_kib: int, passes: int) -> bytes:
    secret = unicodedata.normalize("NFC", passphrase).encode()
    with DERIVATIONS.one():
        return hash_secret_raw(secret, salt, passes, memory_kib, LANES, 32, Type.ID)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
