"""Answers that belong to nobody: counters, and one-time tokens that lead to a counter and to nothing else.

No times, no foreign keys, no running numbers. On SQLite the tables have no row ids, so that rows lie in the
order of their random keys; the reasons are in ``docs/adr/0005-unlinkable-answers.md``.
"""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base

NO_ROW_IDS: dict[str, Any] = {"sqlite_with_rowid": False}


class SurveyCell(Base):
    """How often an option was chosen."""

    __tablename__ = "survey_cell"
    __table_args__ = NO_ROW_IDS

    period: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class SurveySeed(Base):
    """A token that nobody has yet; it takes the installation's key to make the token from it."""

    __tablename__ = "survey_seed"
    __table_args__ = NO_ROW_IDS

    period: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    seed: Mapped[str] = mapped_column(primary_key=True)


class SurveyToken(Base):
    """A token that may be used once; written with its whole batch, so that it does not tell when it left."""

    __tablename__ = "survey_token"
    __table_args__ = NO_ROW_IDS

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str]
    agency: Mapped[str]
    field: Mapped[str]
