"""The shape of ``pulses.yaml``: what invited enterprises are asked, how many, when, and when nobody is asked."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text, covers, one

UNSAID = "unsaid"  # the option "no answer", and what was left out


class ShareCode(StrEnum):
    """What is published of the answers; each feeds the measures ``pulse_<code>`` and ``pulse_<code>_answers``."""

    NO_EXTRA_PAYMENT = "no_extra_payment"
    AS_EXPECTED = "as_expected"
    SETTLED_THROUGH_DIALOGUE = "settled_through_dialogue"
    ANSWER_RECEIVED = "answer_received"
    SATISFIED = "satisfied"
    LEADERS_ACT = "leaders_act"


class Option(Shape):
    code: Code
    name: LocalText


class Share(Shape):
    """The options of a question that count as good, and those among which they are counted."""

    code: ShareCode
    numerator: tuple[Code, ...] = Field(min_length=1)
    denominator: tuple[Code, ...] = Field(min_length=2)


class Question(Shape):
    """A closed question; "no answer" is an option of every one and stands in no pack."""

    code: Code
    text: LocalText
    help: LocalText | None = None
    options: tuple[Option, ...] = Field(min_length=2)
    shares: tuple[Share, ...] = ()

    @model_validator(mode="after")
    def _shares_are_parts(self) -> Self:
        codes = [option.code for option in self.options]
        if len(set(codes)) < len(codes) or UNSAID in codes:
            raise ValueError(f"mỗi lựa chọn một mã riêng, không dùng mã '{UNSAID}'")
        for share in self.shares:
            if not set(share.numerator) < set(share.denominator) <= set(codes):
                raise ValueError(
                    f"{share.code}: numerator là một phần của denominator, cả hai là lựa chọn của câu hỏi"
                )
        return self


class Timing(Shape):
    """Days: how far back the register is looked at, and when in a quarter enterprises are drawn."""

    register_days: int = Field(ge=30, le=400)
    draw_after: int = Field(ge=0, le=70)
    least_days: int = Field(ge=7, le=60)
    rest_days: int = Field(ge=0, le=366)


class Sampling(Shape):
    """How many enterprises are invited a quarter, and the least of each stratum, cell and list."""

    sample: int = Field(ge=20)
    least_in_stratum: int = Field(ge=1)
    least_in_cell: int = Field(ge=5)
    least_frame: int = Field(ge=20)


class Weighting(Shape):
    most_weight: float = Field(gt=1)
    minimum_n: int = Field(ge=5)
    least_in_field: int = Field(ge=5)


class FieldWork(Shape):
    """Days on which VCCI asks enterprises itself, so that nobody is invited here."""

    first: date
    last: date
    confirmed: bool
    source: Text

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first or self.first.year != self.last.year:
            raise ValueError("last không trước first và cùng năm với first")
        return self


class PulsesPack(Shape):
    version: Text
    confirmed: bool
    source: Text
    round: Timing
    sampling: Sampling
    weighting: Weighting
    sizes: tuple[Option, ...] = Field(min_length=1)
    fieldwork: tuple[FieldWork, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> Self:
        for sort, codes in (("câu hỏi", _codes(self.questions)), ("quy mô", _codes(self.sizes))):
            if len(set(codes)) < len(codes):
                raise ValueError(f"mỗi {sort} một mã riêng")
        shares = [share.code for question in self.questions for share in question.shares]
        if sorted(shares) != sorted(ShareCode):
            raise ValueError(f"mỗi tỷ lệ (shares) đúng một lần: {', '.join(ShareCode)}")
        return self

    def question(self, code: str) -> Question:
        """Return the question of that code. Raises LookupError if there is none."""
        return one(self.questions, code, "câu hỏi")

    def in_fieldwork(self, day: date) -> bool:
        """Say whether nobody is invited on that day: VCCI is in the field, or nothing is known of that year."""
        known = any(span.first.year == day.year for span in self.fieldwork)
        return not known or any(covers(day, span.first, span.last) for span in self.fieldwork)


def _codes(entries: Iterable[Option | Question]) -> list[str]:
    return [entry.code for entry in entries]
