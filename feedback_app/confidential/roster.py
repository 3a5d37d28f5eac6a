"""Who reads for a body: seats with their public keys, in a list signed by the body's offline key. Pure.

The verifying key is pinned outside the database, so that swapping keys inside it closes the intake.
"""

import json
from enum import StrEnum

from nacl.encoding import HexEncoder
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from pydantic import BaseModel, ConfigDict

from feedback_app.confidential.errors import IntakeClosed

CONTEXT = b"vault roster 1\0"


class Role(StrEnum):
    """What a seat may do beyond reading."""

    HEAD = "head"  # assigns
    HANDLER = "handler"  # handles cases
    CUSTODIAN = "custodian"  # keeps identities


class Seat(BaseModel):
    """One inspector of a body; ``name`` is what reporters see when they choose whom to keep out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    post: str
    roles: frozenset[Role]
    public: str  # X25519, hex
    verify: str  # Ed25519, hex: signs releases and approvals

    @property
    def public_key(self) -> bytes:
        return bytes.fromhex(self.public)

    def holds(self, role: Role) -> bool:
        return role in self.roles


class Roster(BaseModel):
    """All seats of a body at one time, and the public halves of its offline keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    body: str
    version: int
    seats: tuple[Seat, ...]
    recovery: str
    audit: str

    def seat(self, seat_id: str) -> Seat | None:
        return next((seat for seat in self.seats if seat.id == seat_id), None)

    def named(self, name: str) -> Seat | None:
        return next((seat for seat in self.seats if seat.name.casefold() == name.strip().casefold()), None)

    def custodians(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.holds(Role.CUSTODIAN))

    @property
    def recovery_key(self) -> bytes:
        return bytes.fromhex(self.recovery)


def signed(roster: Roster, signing_seed: bytes) -> tuple[str, str]:
    """Return the document as it is stored, and its signature in hex."""
    document = canonical(roster)
    return document, SigningKey(signing_seed).sign(CONTEXT + document.encode()).signature.hex()


def verified(document: str, signature: str, pinned: str) -> Roster:
    """Return the roster. Raises IntakeClosed when ``pinned`` (hex) did not sign exactly this document."""
    try:
        VerifyKey(pinned.encode(), HexEncoder).verify(CONTEXT + document.encode(), bytes.fromhex(signature))
        return Roster.model_validate_json(document)
    except (BadSignatureError, ValueError, TypeError):
        raise IntakeClosed from None


def canonical(roster: Roster) -> str:
    """Return the one text that is signed: seats in order of their ids, roles sorted."""
    seats = sorted(roster.seats, key=lambda seat: seat.id)
    plain = roster.model_copy(update={"seats": tuple(seats)}).model_dump(mode="json")
    for seat in plain["seats"]:
        seat["roles"] = sorted(seat["roles"])
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def verify_key_of(signing_seed: bytes) -> str:
    """Return the public half of a signing key, in hex."""
    return bytes(SigningKey(signing_seed).verify_key).hex()


def fingerprint(pinned: str) -> str:
    """Return the pinned key in groups that two people can compare aloud."""
    return " ".join(pinned[i : i + 4] for i in range(0, 32, 4)).upper()
