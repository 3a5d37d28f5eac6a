"""The shape of ``inspections.yaml``: contents, exceptions, and how often an enterprise is inspected in a year."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text

OTHER = "other"


class Form(StrEnum):
    """The two forms, counted apart where the rule of the year says so."""

    INSPECTION = "inspection"  # thanh tra
    CHECK = "check"  # kiểm tra


class Named(Shape):
    """One entry of a closed list."""

    code: Code
    name: LocalText


class VisitLimit(Shape):
    """How many visits of ``forms`` together one enterprise has in a year at most."""

    forms: tuple[Form, ...] = Field(min_length=1)
    most: int = Field(ge=1, le=12)


class YearRule(Shape):
    """What holds for whole years; a visit that claims one of ``exceptions`` is not counted.

    ``same_content_once``: an enterprise is not both inspected and checked on the same content.
    """

    code: Code
    from_year: int = Field(ge=2000, le=2100)
    to_year: int | None = Field(default=None, ge=2000, le=2100)
    limits: tuple[VisitLimit, ...] = Field(min_length=1)
    same_content_once: bool
    exceptions: tuple[Code, ...] = ()
    confirmed: bool
    source: Text
    note: LocalText

    def holds(self, year: int) -> bool:
        """Whether it is the rule of that year."""
        return self.from_year <= year and (self.to_year is None or year <= self.to_year)

    @model_validator(mode="after")
    def _counts_each_form_once(self) -> Self:
        if self.to_year is not None and self.to_year < self.from_year:
            raise ValueError("to_year phải không trước from_year")
        forms = [form for limit in self.limits for form in limit.forms]
        if len(set(forms)) != len(forms):
            raise ValueError("mỗi hình thức (forms) chỉ được đếm trong một dòng limits")
        return self


class InspectionsPack(Shape):
    """All of it; years without a rule have none."""

    version: Text
    contents: tuple[Named, ...] = Field(min_length=1)
    exceptions: tuple[Named, ...] = ()
    rules: tuple[YearRule, ...] = ()

    def rule_of(self, year: int) -> YearRule | None:
        """Return the rule of that year, ``None`` where the sources bear none."""
        return next((rule for rule in self.rules if rule.holds(year)), None)

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> Self:
        for sort, entries in (("contents", self.contents), ("exceptions", self.exceptions)):
            if len({entry.code for entry in entries}) != len(entries):
                raise ValueError(f"mỗi mã trong {sort} chỉ được khai báo một lần")
        if OTHER not in {content.code for content in self.contents}:
            raise ValueError(f"contents phải có '{OTHER}', dành cho nội dung ghi bằng lời")
        for problem in self._clashes():
            raise ValueError(problem)
        return self

    def _clashes(self) -> Iterator[str]:
        known = {exception.code for exception in self.exceptions}
        for rule in self.rules:
            yield from (f"không có ngoại lệ '{code}'" for code in rule.exceptions if code not in known)
        for one, other in combinations(self.rules, 2):
            if one.holds(other.from_year) or other.holds(one.from_year):
                yield f"hai quy tắc '{one.code}' và '{other.code}' trùng năm"
