"""The shape of ``programme.yaml``: what the action programme says of its tasks, and when reports on them are due."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.agencies import AgencyType
from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text, one

MONTHS = (1, 3, 6, 12)  # a year holds whole numbers of each


class Schedule(Shape):
    """How often a report is due: ``due_days`` after the last day of each period of ``months`` months."""

    code: Code
    name: LocalText
    months: int
    due_days: int = Field(ge=-27, le=60)
    confirmed: bool
    source: Text

    @model_validator(mode="after")
    def _divides_a_year(self) -> Self:
        if self.months not in MONTHS:
            raise ValueError(f"months là một trong {', '.join(map(str, MONTHS))}")
        return self


class ProgrammeTask(Shape):
    """Time, product and sub-index of one task; who leads it stands under the same number in ``fields.yaml``.

    ``sub_index`` is a number of the pci-2023 edition; ``reports_named``: the decision itself names the period.
    """

    number: int = Field(ge=1, le=70)
    sub_index: int = Field(ge=1, le=10)
    time: LocalText
    product: LocalText
    reports: Code
    reports_named: bool


class ProgrammePack(Shape):
    """The programme; periods that ended before ``reports_from`` are not asked for."""

    version: Text
    decision: Text
    signed_on: date
    reports_from: date
    confirmed: bool
    source: Text
    everyone: tuple[AgencyType, ...] = Field(min_length=1)
    schedules: tuple[Schedule, ...] = Field(min_length=1)
    tasks: tuple[ProgrammeTask, ...] = Field(min_length=1)

    def schedule(self, code: str) -> Schedule:
        """Return the schedule of that code. Raises LookupError if there is none."""
        return one(self.schedules, code, "kỳ báo cáo")

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> Self:
        known = {schedule.code for schedule in self.schedules}
        if len(known) < len(self.schedules):
            raise ValueError("mỗi kỳ báo cáo (schedules) một mã riêng")
        if len({task.number for task in self.tasks}) < len(self.tasks):
            raise ValueError("mỗi nhiệm vụ (tasks) chỉ được khai báo một lần")
        for task in self.tasks:
            if task.reports not in known:
                raise ValueError(f"nhiệm vụ {task.number}: không có kỳ báo cáo '{task.reports}'")
        return self
