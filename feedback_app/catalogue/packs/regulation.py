"""The shape of ``regulations/*.yaml``: time limits of one regulation for one territory."""

from collections import defaultdict
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.ladder import Ladder
from feedback_app.catalogue.packs.shape import Code, Kind, LocalText, Shape, Text, covers


class Step(StrEnum):
    """The steps a limit may stand for; the codes are stable."""

    ACKNOWLEDGE = "acknowledge"
    FIRST_LOOK = "first_look"
    CLASSIFY = "classify"
    RETURN_WRONG = "return_wrong"
    OPINION = "opinion"
    ANSWER = "answer"
    EXTENDED_ANSWER = "extended_answer"
    WAIT_ENTERPRISE = "wait_enterprise"
    REPORT_UP = "report_up"
    PROVINCE_DIRECTS = "province_directs"
    RATE = "rate"
    REOPEN = "reopen"
    TRIAGE_REPORT = "triage_report"
    SETTLE = "settle"
    SETTLE_EXTENSION = "settle_extension"


class Unit(StrEnum):
    """What is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class Anchor(StrEnum):
    """The deed or day from which a limit runs (day zero)."""

    RECEIPT = "receipt"
    ASSIGNMENT = "assignment"
    REQUEST = "request"
    ANSWER_DUE = "answer_due"
    SETTLE_DUE = "settle_due"
    REPORTED_UP = "reported_up"
    ANSWER = "answer"
    CLOSING = "closing"


class TimeLimit(Shape):
    """One limit: ``value`` units from ``counted_from`` for the kinds named (none named: for all kinds)."""

    step: Step
    kinds: tuple[Kind, ...] = ()
    value: int = Field(ge=0, le=366)
    unit: Unit
    counted_from: Anchor
    confirmed: bool
    source: Text
    note: LocalText
    valid_from: date
    valid_to: date | None = None

    def applies_to(self, kind: Kind) -> bool:
        """Whether filings of that kind have this limit."""
        return not self.kinds or kind in self.kinds


class Allowances(Shape):
    """How often something may be done before another person must decide."""

    extensions: int = Field(ge=0)
    pauses_without_head: int = Field(ge=0)
    returns_before_provisional: int = Field(ge=0)


class DueStep(Shape):
    """Which step's day is the due date of a ticket of that kind."""

    kind: Kind
    step: Step


class RegulationProfile(Shape):
    """The limits of one regulation in one territory from a day to a day."""

    code: Code
    version: Text
    territory: Code
    valid_from: date
    valid_to: date | None = None
    legal_basis: LocalText
    confirmed: bool
    allowances: Allowances
    due_steps: tuple[DueStep, ...]
    limits: tuple[TimeLimit, ...] = Field(min_length=1)
    ladder: Ladder | None = (
        None  # None: only of a version stored before there were ladders; files must have one
    )

    def due_step(self, kind: Kind) -> Step:
        """Return the step whose day is the due date of a ticket of that kind."""
        return next(due.step for due in self.due_steps if due.kind == kind)

    def limits_on(self, kind: Kind, on: date) -> tuple[TimeLimit, ...]:
        """Return the limits in force for that kind on that day, in the order of the pack."""
        return tuple(
            limit for limit in self.limits
            if limit.applies_to(kind) and covers(on, limit.valid_from, limit.valid_to)
        )  # fmt: skip

    @model_validator(mode="after")
    def _every_kind_has_its_due_step(self) -> Self:
        if sorted(due.kind for due in self.due_steps) != sorted(Kind):
            raise ValueError("due_steps phải nêu mỗi loại phản ánh đúng một lần")
        for due in self.due_steps:
            if not any(limit.step == due.step and limit.applies_to(due.kind) for limit in self.limits):
                raise ValueError(f"thiếu thời hạn: loại '{due.kind}' không có bước '{due.step}'")
        return self

    @model_validator(mode="after")
    def _limits_cover_the_profile_once(self) -> Self:
        for (step, kind), rows in _by_step_and_kind(self.limits).items():
            problem = _gap_or_overlap(
                [(r.valid_from, r.valid_to) for r in rows], self.valid_from, self.valid_to
            )
            if problem:
                raise ValueError(f"bước '{step}', loại '{kind}': {problem}")
        return self


def _by_step_and_kind(limits: tuple[TimeLimit, ...]) -> dict[tuple[Step, Kind], list[TimeLimit]]:
    rows: dict[tuple[Step, Kind], list[TimeLimit]] = defaultdict(list)
    for limit in limits:
        for kind in limit.kinds or tuple(Kind):
            rows[limit.step, kind].append(limit)
    return rows


def _gap_or_overlap(spans: list[tuple[date, date | None]], first: date, last: date | None) -> str | None:
    """Say what is wrong when the spans do not cover first..last exactly once."""
    wanted: date | None = first
    for start, end in sorted(spans, key=lambda span: span[0]):
        if wanted is None or start < wanted:
            return f"thời hạn từ {start:%d/%m/%Y} trùng với thời hạn trước (overlap)"
        if start > wanted:
            return f"không có thời hạn từ {wanted:%d/%m/%Y} đến trước {start:%d/%m/%Y} (gap)"
        wanted = None if end is None else end + timedelta(days=1)
    if wanted is None:
        return None if last is None else f"thời hạn vượt quá valid_to {last:%d/%m/%Y} của quy chế"
    if last is None or wanted <= last:
        return f"không có thời hạn từ {wanted:%d/%m/%Y} (gap)"
    return None
