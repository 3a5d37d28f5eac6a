"""One line of the calendar as it was written down, in a form or in a table: plain data that can wait as JSON."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from feedback_app.catalogue.packs.inspections import OTHER, Form
from feedback_app.core.text import fold
from feedback_app.inspections.rules import State, Visit

LENGTHS = frozenset({10, 12, 13})  # of a tax code: an enterprise, a household business, a branch
BRANCH_OF = 10
Codes = Annotated[
    tuple[str, ...], AfterValidator(lambda codes: tuple(sorted(set(codes))))
]  # their order says nothing


class Problem(StrEnum):
    """What is wrong with an entry as a whole; ``FIELD`` says where it is shown."""

    TAX_CODE = "tax_code"
    CONTENT_IN_WORDS = "content_in_words"
    DECISION_DATE = "decision_date"
    DECISION_NUMBER = "decision_number"
    STARTS_WHEN_DONE = "starts_when_done"
    STARTS_IN_YEAR = "starts_in_year"
    STARTS_LATER = "starts_later"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    ENDS_WITHOUT_START = "ends_without_start"
    GROUNDS = "grounds"
    GROUNDS_WITHOUT_EXCEPTION = "grounds_without_exception"
    JOINED_LEAD = "joined_lead"


FIELD: dict[Problem, str] = {
    Problem.TAX_CODE: "tax_code",
    Problem.CONTENT_IN_WORDS: "words",
    Problem.DECISION_DATE: "decided_on",
    Problem.DECISION_NUMBER: "decision_number",
    Problem.STARTS_WHEN_DONE: "starts_on",
    Problem.STARTS_IN_YEAR: "starts_on",
    Problem.STARTS_LATER: "starts_on",
    Problem.ENDS_BEFORE_IT_STARTS: "ends_on",
    Problem.ENDS_WITHOUT_START: "ends_on",
    Problem.GROUNDS: "grounds",
    Problem.GROUNDS_WITHOUT_EXCEPTION: "grounds",
    Problem.JOINED_LEAD: "joined",
}


class Entry(BaseModel):
    """What is written down of one visit; agencies, contents and the exception by their codes.

    ``code``: the line's number in the agency's own plan, unique in its agency and year.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    tax_code: str
    enterprise: str
    year: int
    form: Form
    agency: str
    joined: Codes = ()
    contents: Codes
    words: str = ""
    planned: bool = True
    state: State = State.PLANNED
    decision_number: str = ""
    decided_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    exception: str = ""
    grounds: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """By what the same visit is known again: agency, year, number."""
        return self.agency, self.year, self.code

    def problems(self, today: date) -> Iterator[Problem]:
        """Yield what does not fit together."""
        if normal_tax_code(self.tax_code) is None:
            yield Problem.TAX_CODE
        if OTHER in self.contents and not self.words:
            yield Problem.CONTENT_IN_WORDS
        if bool(self.decision_number) != bool(self.decided_on):
            yield Problem.DECISION_DATE if self.decision_number else Problem.DECISION_NUMBER
        if self.grounds and not self.exception:
            yield Problem.GROUNDS_WITHOUT_EXCEPTION
        if self.exception and not self.grounds:
            yield Problem.GROUNDS
        if self.agency in self.joined:
            yield Problem.JOINED_LEAD
        yield from self._wrong_days(today)

    def as_visit(self, visit_id: int) -> Visit:
        """Return what the rules need to know of it."""
        return Visit(
            id=visit_id,
            form=self.form,
            agency=self.agency,
            joined=frozenset(self.joined),
            contents=frozenset(self.contents),
            words=" ".join(fold(self.words).split()),
            decision=decision_key(self.decision_number, self.decided_on),
            exception=self.exception,
            state=self.state,
        )

    def _wrong_days(self, today: date) -> Iterator[Problem]:
        if self.starts_on is None:
            if self.state is State.DONE:
                yield Problem.STARTS_WHEN_DONE
            if self.ends_on is not None:
                yield Problem.ENDS_WITHOUT_START
            return
        if self.starts_on.year != self.year:
            yield Problem.STARTS_IN_YEAR
        if self.state is State.DONE and self.starts_on > today:
            yield Problem.STARTS_LATER
        if self.ends_on is not None and self.ends_on < self.starts_on:
            yield Problem.ENDS_BEFORE_IT_STARTS


def normal_tax_code(typed: str) -> str | None:
    """Return the digits of a tax code, however they are grouped; ``None`` where they cannot be one."""
    digits = "".join(c for c in typed if c not in " .-\u00a0")
    is_number = digits.isascii() and digits.isdigit()
    return digits if is_number and len(digits) in LENGTHS else None


def written_tax_codes(tax_code: str) -> tuple[str, ...]:
    """Return how people write these digits: a branch with and without the dash before its number."""
    if len(tax_code) <= BRANCH_OF or len(tax_code) not in LENGTHS - {12}:
        return (tax_code,)
    return tax_code, f"{tax_code[:BRANCH_OF]}-{tax_code[BRANCH_OF:]}"


def decision_key(number: str, decided_on: date | None) -> str:
    """Return by what a decision is known again; ``""`` where there is none yet."""
    folded = "".join(fold(number).split())
    return f"{folded} {decided_on.isoformat()}" if folded and decided_on is not None else ""
