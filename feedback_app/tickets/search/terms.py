"""What the index holds of a ticket and how it is asked for; plain data, the same for both databases.

Words are folded (no diacritics, lower case). Marks say what is no word: which agencies have it, its state, its field,
how new it is. Marks and the lanes of the filer only make the choice of candidates cheap; who may see what is decided
on the ticket itself (``finding``).
"""

import re
from dataclasses import dataclass, replace
from itertools import islice

from feedback_app.core import text

MOST_WORDS = 10  # of a question
LONGEST_TEXT = 4000  # words of a ticket that are written down
LONGEST_WORD = 100  # characters; PostgreSQL takes no word of more than 2 KB
NEW, RECENT = 20_000, 200_000  # tickets in a block of the newest, of the newer ones
_CODE = re.compile(r"[a-z]{2}\W?\d{4}\W?\d{6,8}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """One ticket as the index holds it; ``hidden`` is the filer where the name is not for everybody."""

    ticket_id: int
    heading: tuple[str, ...]
    body: tuple[str, ...]
    said: tuple[str, ...]
    filer: tuple[str, ...]
    hidden: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for: all of ``words`` (or any), and one mark of each group in ``marks``.

    ``hidden``: whether the names of hidden filers count; only for readers who may know some.
    """

    words: tuple[str, ...]
    any_of: bool = False
    hidden: bool = False
    filers: bool = True
    marks: tuple[tuple[str, ...], ...] = ()

    def also(self, *marks: tuple[str, ...]) -> "Question":
        """Return the question narrowed by further groups of marks."""
        return replace(self, marks=(*self.marks, *marks))

    def unmarked(self) -> "Question":
        """Return the question by its words alone: marks stand at no place, and would spoil a ranking by places."""
        return replace(self, marks=())

    def openly(self) -> "Question":
        """Return the question as it is put where the filer must not be known."""
        return replace(self, hidden=False)


def words_of(written: str) -> list[str]:
    """Return the folded words of a text, cut where no word is that long."""
    return [word[:LONGEST_WORD] for word in text.words(written)]


def words_asked(typed: str) -> tuple[str, ...]:
    """Return the words to look for, each once, in the order in which they were typed."""
    return tuple(islice(dict.fromkeys(words_of(typed)), MOST_WORDS))


def code_asked(typed: str) -> str | None:
    """Return the number of a ticket where the text is one: ``kh 2026 000123`` gives ``KH-2026-000123``."""
    found = "".join(words_of(typed)) if _CODE.fullmatch(typed.strip()) else ""
    return f"{found[:2]}-{found[2:6]}-{found[6:]}".upper() if found else None


def code_words(code: str) -> list[str]:
    """Return how people type a ticket's number: its parts, and the last one without the zeros before it."""
    parts = words_of(code)
    return [*parts, *(short for part in parts[-1:] if (short := part.lstrip("0")) not in {"", part})]


def agency_mark(agency_id: int) -> str:
    return f"ag{agency_id}"


def clock_mark(clock: str) -> str:
    return f"ck{clock}"


def field_mark(field: str) -> str:
    return "fd" + field.replace("_", "")


def age_marks(ticket_id: int) -> tuple[str, str]:
    """Return the blocks of a ticket, of which two of each kind hold the newest ones."""
    return f"nw{ticket_id // NEW}", f"rc{ticket_id // RECENT}"


def newest(through: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the marks of the newest tickets and of the newer ones, when ``through`` is the newest of all."""
    new, recent = through // NEW, through // RECENT
    return (f"nw{new}", f"nw{new - 1}"), (f"rc{recent}", f"rc{recent - 1}")
