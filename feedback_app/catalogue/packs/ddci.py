"""The shape of ``ddci.yaml``: the five themes, and what this system measures of each."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, Confidence, LocalText, Shape, Text


class DdciMeasure(StrEnum):
    """A share that this system knows, of one agency or (``OF_PROVINCE``) of all together."""

    PROGRAMME_REPORTS = "programme_reports"  # handed in by their day, of those due
    PROMISES_KEPT = "promises_kept"  # of those settled
    ANSWERED_IN_TIME = "answered_in_time"
    SATISFIED = "satisfied"
    TREATED_PROPERLY = "treated_properly"
    SOLVED = "solved"
    REOPENED = "reopened"
    NO_EXTRA_PAYMENT = "no_extra_payment"


# answers that nobody can trace: by agency their small numbers would give somebody away
OF_PROVINCE = frozenset({DdciMeasure.TREATED_PROPERLY, DdciMeasure.NO_EXTRA_PAYMENT})


class Theme(Shape):
    """One theme; ``missing`` says what of it nobody knows here."""

    code: Code
    name: LocalText
    measures: tuple[DdciMeasure, ...] = ()
    missing: LocalText


class DdciPack(Shape):
    """The themes in the order in which they are shown."""

    version: Text
    confidence: Confidence
    source: Text
    themes: tuple[Theme, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len({theme.code for theme in self.themes}) < len(self.themes):
            raise ValueError("mỗi nội dung (themes) một mã riêng")
        measures = [measure for theme in self.themes for measure in theme.measures]
        if len(set(measures)) < len(measures):
            raise ValueError("mỗi số đo (measures) chỉ thuộc một nội dung")
        return self
