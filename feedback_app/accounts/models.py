"""People, the functions they hold in an agency for a time, enterprises with an account, sign-in sessions."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback_app.catalogue.models import Agency
from feedback_app.core.db import Base, BigId


class Enterprise(Base):
    """An enterprise with an account; ``identifier`` is the tax code as typed, never a condition."""

    __tablename__ = "enterprise"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    filer_type: Mapped[str]
    identifier: Mapped[str] = mapped_column(index=True, default="")
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")


class User(Base):
    __tablename__ = "user"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    locale: Mapped[str] = mapped_column(default="vi")
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]  # since then the e-mail address is proved to be the person's
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    enterprise: Mapped[Enterprise | None] = relationship(lazy="raise")
    functions: Mapped[list["FunctionHeld"]] = relationship(lazy="raise", back_populates="user")


class FunctionHeld(Base):
    """That a person holds a function in an agency, from a date to a date."""

    __tablename__ = "function_held"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    function: Mapped[str]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    user: Mapped[User] = relationship(lazy="raise", back_populates="functions")
    agency: Mapped[Agency | None] = relationship(lazy="raise")


class Absence(Base):
    """A person is away from a day to a day, and another acts in all their functions meanwhile."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    substitute_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class Invitation(Base):
    """An invitation to hold a function; whoever has the token sets the password."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    function: Mapped[str]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    agency: Mapped[Agency | None] = relationship(lazy="raise")


class AccountLink(Base):
    """A link that went to the address of an account; the row holds the keyed hash of its token."""

    __tablename__ = "account_link"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    purpose: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SignInSession(Base):
    """A sign-in, revocable: the cookie holds a random id, this row its keyed hash."""

    __tablename__ = "sign_in_session"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user: Mapped[User] = relationship(lazy="raise")


Index("ix_sign_in_session_expires_at", SignInSession.expires_at)
