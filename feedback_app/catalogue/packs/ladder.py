"""The shape of ``ladder`` in ``regulations/*.yaml``: who is told how long before and after the due date."""

from enum import StrEnum
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text


class Group(StrEnum):
    """Whom a rung addresses; the people are looked up when it is told."""

    HANDLER = "handler"  # who accepted it; before that, all who answer in the agency that has it
    FOCAL_POINT = "focal_point"
    HEAD = "head"  # of the agency that has it
    COORDINATING_OFFICE = "coordinating_office"  # Văn phòng UBND tỉnh
    CHAIRMAN = "chairman"  # the leadership of UBND tỉnh


class Delivery(StrEnum):
    """How a rung is told outside the application."""

    DIGEST = "digest"  # in the one mail of the morning
    SINGLE = "single"  # in a mail of its own
    WEEKLY = "weekly"  # in the list of the week


class RunningClock(StrEnum):
    """What the day belongs to: the whole case, or the part of one agency that has a limit of its own."""

    CASE = "case"
    LEG = "leg"


class Weekday(StrEnum):
    """The days of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Rung(Shape):
    """One step: ``distance`` working days after the due date, negative before it, 0 on it."""

    code: Code
    distance: int = Field(ge=-60, le=60)
    groups: tuple[Group, ...] = Field(min_length=1)
    delivery: Delivery
    clocks: tuple[RunningClock, ...] = Field((RunningClock.CASE, RunningClock.LEG), min_length=1)
    weekday: Weekday | None = None  # of the weekly list
    note: LocalText

    @property
    def is_late(self) -> bool:
        return self.distance > 0

    @model_validator(mode="after")
    def _is_quiet_before_the_day(self) -> Self:
        if self.delivery is not Delivery.DIGEST and not self.is_late:
            raise ValueError("trước và đúng hạn chỉ nhắc trong thư buổi sáng (delivery: digest)")
        if (self.delivery is Delivery.WEEKLY) != (self.weekday is not None):
            raise ValueError("weekday đi cùng delivery: weekly, và chỉ với nó")
        if (self.delivery is Delivery.WEEKLY) != (self.groups == (Group.CHAIRMAN,)):
            raise ValueError(
                "danh sách tuần (weekly) gửi riêng cho chairman, và chairman chỉ nhận danh sách tuần"
            )
        return self


class Ladder(Shape):
    """The rungs in ascending order; each is told once per ticket, round and clock."""

    confirmed: bool
    source: Text
    rungs: tuple[Rung, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ascends(self) -> Self:
        if any(lower.distance >= higher.distance for lower, higher in pairwise(self.rungs)):
            raise ValueError("các bậc (rungs) phải xếp theo distance tăng dần, không trùng nhau")
        if len({rung.code for rung in self.rungs}) < len(self.rungs):
            raise ValueError("mỗi bậc (rungs) một mã riêng")
        return self
