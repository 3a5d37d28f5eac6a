"""A quarter's statistics: counted in memory from the closed answers, protected, approved by a second seat, frozen."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app import disclosure
from feedback_app.catalogue import packs
from feedback_app.confidential import journal, questions, release_file, rosters
from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import Answers
from feedback_app.confidential.errors import Conflict, NotAllowed, NotFound, Tampered, WrongStage
from feedback_app.confidential.models import Release, SignedRoster
from feedback_app.confidential.release_file import Proposed
from feedback_app.confidential.sealing import signing, slots
from feedback_app.confidential.sealing.envelopes import Kind, seal, unseal
from feedback_app.confidential.services import opening
from feedback_app.confidential.sessions import Unlocked
from feedback_app.confidential.weeks import quarter_span, week_of
from feedback_app.disclosure import Protected, Table

Protect = Callable[[Table], Protected]
UNSAID = "unsaid"


@dataclass(frozen=True)
class Preview:
    """What would be shown, and the range that a reader could still deduce of each hidden count."""

    table: Protected
    ranges: dict[tuple[str, ...], tuple[int, int]]


def counted(answers: Sequence[Answers]) -> tuple[Table, Table]:
    """Return the two tables of a quarter: field group × step, unit × amount."""
    pack = questions.shipped()
    return (
        _table(answers, ("field", _fields()), ("step", _choices("step"))),
        _table(
            answers, ("unit", tuple(unit.code for unit in pack.units)), ("amount", _choices("amount"))
        ),
    )
