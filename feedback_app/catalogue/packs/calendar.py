"""The shape of ``calendars/*.yaml``: what was officially published, year by year."""

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, Confidence, LocalText, Shape, Text

SATURDAY = 5


class Notice(Shape):
    """A document that published days off or swaps; ``link``: its address or the name of its file."""

    number: Text
    issued_on: dt.date | None = None
    issuer: str = ""
    link: str = ""


class DayOff(Shape):
    """A Monday to Friday on which offices are closed; ``notice`` is the number of the document, where one is known."""

    date: dt.date
    reason: LocalText
    source: Text
    confidence: Confidence
    notice: str = ""

    @model_validator(mode="after")
    def _is_a_weekday(self) -> Self:
        if self.date.weekday() >= SATURDAY:
            raise ValueError(
                f"{self.date:%d/%m/%Y} là thứ bảy hoặc chủ nhật: days_off chỉ nêu thứ hai đến thứ sáu"
            )
        return self


class WorkedWeekend(Shape):
    """A Saturday or Sunday worked in exchange for ``instead_of``."""

    date: dt.date
    instead_of: dt.date
    reason: LocalText
    source: Text
    confidence: Confidence
    notice: str = ""

    @model_validator(mode="after")
    def _is_a_weekend_day(self) -> Self:
        if self.date.weekday() < SATURDAY:
            raise ValueError(f"{self.date:%d/%m/%Y} không phải thứ bảy hay chủ nhật")
        return self


class CalendarYear(Shape):
    """The complete list of one published year; it replaces whatever is computed for that year."""

    year: int = Field(ge=2000, le=2100)
    days_off: tuple[DayOff, ...]
    worked_weekends: tuple[WorkedWeekend, ...] = ()

    @model_validator(mode="after")
    def _days_belong_to_the_year_once(self) -> Self:
        days = [off.date for off in self.days_off] + [worked.date for worked in self.worked_weekends]
        if any(day.year != self.year for day in days) or len(days) != len(set(days)):
            raise ValueError(f"mỗi ngày phải thuộc năm {self.year} và chỉ nêu một lần")
        swapped = {entry.instead_of for entry in self.worked_weekends}
        if not swapped <= {entry.date for entry in self.days_off}:
            raise ValueError("instead_of phải là một ngày trong days_off")
        if len(swapped) < len(self.worked_weekends):
            raise ValueError("hai ngày làm bù không thể cùng bù cho một ngày nghỉ (overlap)")
        return self


class YearlySwitch(Shape):
    """A yearly day off that can be switched off; it adds to published and computed years alike."""

    code: Code
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    from_year: int
    enabled: bool
    reason: LocalText
    source: Text
    confidence: Confidence


class CalendarPack(Shape):
    """Published calendars of a country; after ``estimated_after`` every year is an estimate."""

    code: Code
    version: Text
    estimated_after: int
    years: tuple[CalendarYear, ...]
    switches: tuple[YearlySwitch, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __hash__(self) -> int:  # a few calendars are kept by content: no need to look at every day for that
        return hash((self.code, self.version))

    @model_validator(mode="after")
    def _years_are_in_order(self) -> Self:
        years = [entry.year for entry in self.years]
        if years != sorted(set(years)):
            raise ValueError("các năm phải xếp tăng dần, không trùng")
        if years and years[-1] > self.estimated_after:
            raise ValueError("estimated_after phải không nhỏ hơn năm cuối cùng đã công bố")
        return self

    @model_validator(mode="after")
    def _notices_are_named_once(self) -> Self:
        numbers = [notice.number for notice in self.notices]
        if len(numbers) != len(set(numbers)):
            raise ValueError("mỗi số văn bản chỉ nêu một lần trong notices")
        named = [day.notice for year in self.years for day in year.days_off]
        named += [day.notice for year in self.years for day in year.worked_weekends]
        missing = set(named) - {"", *numbers}
        if missing:
            raise ValueError(f"không có văn bản {', '.join(sorted(missing))} trong notices")
        return self
