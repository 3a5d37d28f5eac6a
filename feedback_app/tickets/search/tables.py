"""The tables of the index that both databases have; the documents themselves differ (see the migration)."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.core.db import Base, BigId


class IndexMark(Base):
    """How far the history of tickets was read for the index: one row."""

    __tablename__ = "index_mark"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(BigId)
    at: Mapped[datetime]


class WordShare(Base):
    """In which share of the tickets a common word stands; a word that is not here is rare."""

    __tablename__ = "word_share"

    word: Mapped[str] = mapped_column(primary_key=True)
    share: Mapped[float]
