"""Floods: buckets per door and per receipt, in memory; whoever must wait gets a ticket, no address is kept."""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from feedback_app.confidential.errors import Wait

PER_LOOKUP = (6.0, 1 / 10)  # tries at once, tries a second afterwards
DOORS: dict[str, tuple[float, float]] = {
    "file": (40.0, 2.0),
    "receipt": (60.0, 5.0),
    "unlock": (6.0, 1 / 10),
    "import": (5.0, 1 / 30),
}
RESERVE = 0.25  # of a door's bucket is kept for those who have waited
MOST_LOOKUPS = 10_000
PAUSE = 15  # seconds that a ticket asks for
TICKET_LIFE = 600


@dataclass
class _Bucket:
    level: float
    at: float

    def take(self, size: float, rate: float, now: float, keep: float = 0.0) -> bool:
        self.level = min(size, self.level + (now - self.at) * rate)
        self.at = now
        if self.level < 1 + keep:
            return False
        self.level -= 1
        return True


class Gates:
    """One per process; ``now`` returns seconds that never go back."""

    def __init__(self, now: Callable[[], float] = time.monotonic, *, enabled: bool = True) -> None:
        self._now = now
        self._enabled = enabled
        self._lock = threading.Lock()
        self._doors = {door: _Bucket(size, now()) for door, (size, _) in DOORS.items()}
        self._lookups: dict[bytes, _Bucket] = {}
        self._key = secrets.token_bytes(32)
        self._used: dict[str, float] = {}

    def admit(self, door: str, *, lookup: bytes | None = None, ticket: str | None = None) -> None:
        """Let one request through.

        Raises:
            Wait: try again after so many seconds, with the ticket, which has a reserve of its own and works once.
        """
        if not self._enabled:
            return
        with self._lock:
            now = self._now()
            size, rate = DOORS[door]
            keep = 0.0 if self._has_waited(ticket, door, now) else size * RESERVE
            if self._lookup_full(lookup, now) or not self._doors[door].take(size, rate, now, keep):
                raise Wait(PAUSE, self._ticket(door, now))

    def _lookup_full(self, lookup: bytes | None, now: float) -> bool:
        if lookup is None:
            return False
        if len(self._lookups) >= MOST_LOOKUPS:
            self._forget(now)
        bucket = self._lookups.setdefault(hashlib.sha256(lookup).digest(), _Bucket(PER_LOOKUP[0], now))
        return not bucket.take(*PER_LOOKUP, now)

    def _forget(self, now: float) -> None:
        """Drop the buckets that are full again; in the worst case the oldest half."""
        size, rate = PER_LOOKUP
        kept = {key: b for key, b in self._lookups.items() if b.level + (now - b.at) * rate < size}
        newest = sorted(kept.items(), key=lambda item: item[1].at)[-MOST_LOOKUPS // 2 :]
        self._lookups = dict(newest)

    def _ticket(self, door: str, now: float) -> str:
        body = f"{door}.{now + PAUSE:.0f}.{secrets.token_hex(8)}"
        return f"{body}.{self._signature(body)}"

    def _has_waited(self, ticket: str | None, door: str, now: float) -> bool:
        body, _, signature = (ticket or "").rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(body).encode()):
            return False
        of, ripe, _ = body.split(".")
        self._used = {key: until for key, until in self._used.items() if until > now}
        if of != door or not 0 <= now - float(ripe) <= TICKET_LIFE or body in self._used:
            return False
        self._used[body] = now + TICKET_LIFE
        return True

    def _signature(self, body: str) -> str:
        digest = hmac.new(self._key, body.encode(), hashlib.sha256).digest()[:16]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
