"""The one file a quarter that leaves the vault: a protected table, two seats' signatures, the signed roster. Pure."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from feedback_app.confidential.documents import Document
from feedback_app.confidential.sealing import signing
from feedback_app.disclosure import Protected

FORMAT = "vault release 1"
CONTEXT = f"{FORMAT}\0".encode()


class Shown(Document):
    """A protected table; ``cells`` are (key, value), a hidden value is null."""

    dimensions: tuple[tuple[str, tuple[str, ...]], ...]
    cells: tuple[tuple[tuple[str, ...], int | None], ...]
    zeros_hidden: bool

    def protected(self) -> Protected:
        return Protected(self.dimensions, dict(self.cells), self.zeros_hidden)


class Proposed(Document):
    """A quarter's tables and the two seats that sign them."""

    body: str
    quarter: str
    tables: tuple[Shown, ...]
    counted_on: date  # a Monday
    proposer: str = ""
    proposal: str = ""  # signature, hex
    approver: str = ""
    approval: str = ""

    def signed_part(self) -> bytes:
        """Return what both sign: everything but the signatures."""
        plain = self.but(proposer="", proposal="", approver="", approval="").model_dump(mode="json")
        return CONTEXT + json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def shown(table: Protected) -> Shown:
    """Return the table as it stands in the file."""
    return Shown(
        dimensions=table.dimensions,
        cells=tuple(sorted(table.values.items())),
        zeros_hidden=table.zeros_hidden,
    )


def packed(release: Proposed, roster_document: str, roster_signature: str) -> bytes:
    """Return the file: everything that checking it takes but the pinned key."""
    content: Mapping[str, Any] = {
        "format": FORMAT,
        "release": release.model_dump(mode="json"),
        "roster": roster_document,
        "roster_signature": roster_signature,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def is_signed_by(release: Proposed, seat_id: str, signature: str, verify: str) -> bool:
    return bool(seat_id) and signing.holds(release.signed_part(), signature, verify)
