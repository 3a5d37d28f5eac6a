"""Inspectors who have unlocked: their keys live here, in the memory of the one process, until they leave or idle."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from feedback_app.confidential.roster import Role, Roster, Seat
from feedback_app.confidential.sealing.slots import KeyPair, Keys


@dataclass
class Unlocked:
    """One inspector's unlocked seat.

    ``known`` remembers which keys a report's slots gave (``None``: not for this seat), ``opened`` which reports were
    opened, and so logged, in this session.
    """

    seat: Seat
    roster: Roster
    pair: KeyPair
    signing_seed: bytes
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    known: dict[tuple[str, bytes], Keys | None] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)

    @property
    def body(self) -> str:
        return self.roster.body

    def holds(self, role: Role) -> bool:
        return role in self.seat.roles

    def __repr__(self) -> str:
        return f"Unlocked({self.seat.id})"


@dataclass
class _Held:
    unlocked: Unlocked
    until: float


class Sessions:
    """Cookie value → unlocked seat; a restart of the process locks everybody out, as it should."""

    def __init__(self, idle_seconds: int = 900, now: Callable[[], float] = time.monotonic) -> None:
        self._idle = idle_seconds
        self._now = now
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    def start(self, unlocked: Unlocked) -> str:
        """Keep it and return the value for the cookie; other sessions of the same seat end."""
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            self._held = {k: h for k, h in self._held.items() if h.unlocked.seat.id != unlocked.seat.id}
            self._held[cookie] = _Held(unlocked, self._now() + self._idle)
        return cookie

    def of(self, cookie: str | None) -> Unlocked | None:
        """Return who holds the cookie and start the idle time anew; ``None`` when there is nobody."""
        with self._lock:
            self._drop_idle()
            held = self._held.get(cookie or "")
            if held is None:
                return None
            held.until = self._now() + self._idle
            return held.unlocked

    def end(self, cookie: str | None) -> None:
        with self._lock:
            self._held.pop(cookie or "", None)

    def end_all(self, body: str) -> None:
        """Lock everybody of a body out: the list of seats has changed."""
        with self._lock:
            self._held = {k: h for k, h in self._held.items() if h.unlocked.body != body}

    def _drop_idle(self) -> None:
        now = self._now()
        for cookie in [c for c, held in self._held.items() if held.until <= now]:
            del self._held[cookie]
