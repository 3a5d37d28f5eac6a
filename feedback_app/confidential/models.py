"""The vault's tables. What stands in the clear is said in docs/vault.md; a test fails on any other column."""

import secrets
from datetime import date

from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from feedback_app.confidential.store import Base


class Report(Base):
    """One row a report, the same in letterbox and shelf."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(primary_key=True)  # uuid4
    body: Mapped[str]
    week: Mapped[date]  # its Monday
    state: Mapped[str]
    lookup: Mapped[bytes] = mapped_column(unique=True)  # hash of what follows from the receipt
    version: Mapped[int]
    slots: Mapped[bytes]
    identity_slots: Mapped[bytes]
    answers: Mapped[bytes]
    shared: Mapped[bytes]
    working: Mapped[bytes]
    identity: Mapped[bytes]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - SQLAlchemy's form
        return {"version_id_col": cls.version, "version_id_generator": _some_number}


def _some_number(_before: int | None) -> int:
    """Return a number drawn at random: one that counts would tell how much goes on in a report."""
    return secrets.randbits(31)


class InLetterbox(Report):
    """Filed since the last rewrite."""

    __tablename__ = "letterbox"


class OnShelf(Report):
    """Rewritten: the order of the rows says nothing any more."""

    __tablename__ = "shelf"


class Blob(Base):
    """A file that some report refers to; which one stands inside the report's envelope only."""

    __tablename__ = "blob"

    name: Mapped[str] = mapped_column(primary_key=True)


class Registered(Base):
    """The commitment to a report's content: shows later that the report is in the register, unchanged."""

    __tablename__ = "registered"

    commitment: Mapped[bytes] = mapped_column(primary_key=True)
    body: Mapped[str]
    week: Mapped[date]


class SignedRoster(Base):
    """The present list of a body's seats, with the signature of its offline key."""

    __tablename__ = "signed_roster"

    body: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[str]
    signature: Mapped[str]


class SeatKey(Base):
    """A seat's private key, wrapped by a passphrase that only the inspector knows."""

    __tablename__ = "seat_key"

    seat: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]
    salt: Mapped[bytes]
    memory_kib: Mapped[int]
    passes: Mapped[int]
    sealed: Mapped[bytes]


class LogLine(Base):
    """What an inspector did, sealed to the body's audit key and chained."""

    __tablename__ = "log_line"

    body: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    week: Mapped[date]
    content: Mapped[bytes]
    link: Mapped[bytes]


class LogHead(Base):
    """The newest link of a body's log, locked while one is added."""

    __tablename__ = "log_head"

    body: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    link: Mapped[bytes]


class Release(Base):
    """A quarter's protected table: proposed (sealed to the seats), then approved and public."""

    __tablename__ = "release"

    body: Mapped[str] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]  # proposed | frozen
    slots: Mapped[bytes]
    document: Mapped[bytes]


class Door(Base):
    """The write-only door of a body: a hash of its token."""

    __tablename__ = "door"

    body: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes]
