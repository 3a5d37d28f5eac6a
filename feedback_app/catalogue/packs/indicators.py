"""The shape of ``indicators/*.yaml``: an edition's sub-indices and the definitions of indicators."""

from enum import StrEnum
from math import isclose
from typing import Literal, Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, Confidence, LocalText, Shape, Text


class Measure(StrEnum):
    """What may stand in a numerator or a denominator: a count over one reporting period.

    A ticket counts in the period in which the deed named happened (answered, due, rated), in local dates.
    """

    DUE_IN_PERIOD = "due_in_period"  # tickets whose answer fell due
    ANSWERED_IN_TIME = "answered_in_time"  # of those due, answered by the due date
    ANSWERED = "answered"  # tickets answered
    RATED = "rated"  # answers the enterprise rated
    SATISFIED_ANSWERED = "satisfied_answered"  # of those rated, "my question was answered"
    SOLVED_SAYS_ENTERPRISE = (
        "solved_says_enterprise"  # of those rated, "solved in practice", not reopened in 30 days
    )
    REOPENED_WITHIN_30_DAYS = "reopened_within_30_days"  # of those answered, reopened within 30 calendar days
    THIRD_QUESTION_TREATMENT_ANSWERS = "third_question_treatment_answers"  # unlinkable: "treated properly?"
    THIRD_QUESTION_TREATED_PROPERLY = "third_question_treated_properly"  # of those, "treated properly"
    THIRD_QUESTION_PAYMENT_ANSWERS = "third_question_payment_answers"  # unlinkable: "extra payment asked?"
    THIRD_QUESTION_NO_EXTRA_PAYMENT = "third_question_no_extra_payment"  # of those, "no extra payment asked"
    INFORMAL_COST_DUE = "informal_cost_due"  # informal-cost reports whose settlement fell due
    INFORMAL_COST_SETTLED_IN_TIME = "informal_cost_settled_in_time"  # of those, settled by the due date
    INSPECTION_REPORTS_DUE = "inspection_reports_due"  # overlapping-inspection reports whose answer fell due
    INSPECTION_REPORTS_SETTLED = "inspection_reports_settled"  # of those, answered by the due date
    # of invited pulses: effective answers of whole quarters (docs/indicators.md)
    PULSE_NO_EXTRA_PAYMENT_ANSWERS = "pulse_no_extra_payment_answers"
    PULSE_NO_EXTRA_PAYMENT = "pulse_no_extra_payment"
    PULSE_AS_EXPECTED_ANSWERS = "pulse_as_expected_answers"
    PULSE_AS_EXPECTED = "pulse_as_expected"
    PULSE_SETTLED_THROUGH_DIALOGUE_ANSWERS = "pulse_settled_through_dialogue_answers"
    PULSE_SETTLED_THROUGH_DIALOGUE = "pulse_settled_through_dialogue"
    PULSE_ANSWER_RECEIVED_ANSWERS = "pulse_answer_received_answers"
    PULSE_ANSWER_RECEIVED = "pulse_answer_received"
    PULSE_SATISFIED_ANSWERS = "pulse_satisfied_answers"
    PULSE_SATISFIED = "pulse_satisfied"
    PULSE_LEADERS_ACT_ANSWERS = "pulse_leaders_act_answers"
    PULSE_LEADERS_ACT = "pulse_leaders_act"
    # of the quarter releases of sealed reports
    SEALED_AMOUNT_TOLD = "sealed_amount_told"  # reports that say whether a sum was named
    SEALED_NO_LARGE_SUM = "sealed_no_large_sum"  # of those, no sum of five million or more


# of which whole each count is a part: only such a pair is a share
WHOLES: dict[Measure, Measure] = {
    Measure.ANSWERED_IN_TIME: Measure.DUE_IN_PERIOD,
    Measure.SATISFIED_ANSWERED: Measure.RATED,
    Measure.SOLVED_SAYS_ENTERPRISE: Measure.RATED,
    Measure.REOPENED_WITHIN_30_DAYS: Measure.ANSWERED,
    Measure.THIRD_QUESTION_TREATED_PROPERLY: Measure.THIRD_QUESTION_TREATMENT_ANSWERS,
    Measure.THIRD_QUESTION_NO_EXTRA_PAYMENT: Measure.THIRD_QUESTION_PAYMENT_ANSWERS,
    Measure.INFORMAL_COST_SETTLED_IN_TIME: Measure.INFORMAL_COST_DUE,
    Measure.INSPECTION_REPORTS_SETTLED: Measure.INSPECTION_REPORTS_DUE,
    Measure.PULSE_NO_EXTRA_PAYMENT: Measure.PULSE_NO_EXTRA_PAYMENT_ANSWERS,
    Measure.PULSE_AS_EXPECTED: Measure.PULSE_AS_EXPECTED_ANSWERS,
    Measure.PULSE_SETTLED_THROUGH_DIALOGUE: Measure.PULSE_SETTLED_THROUGH_DIALOGUE_ANSWERS,
    Measure.PULSE_ANSWER_RECEIVED: Measure.PULSE_ANSWER_RECEIVED_ANSWERS,
    Measure.PULSE_SATISFIED: Measure.PULSE_SATISFIED_ANSWERS,
    Measure.PULSE_LEADERS_ACT: Measure.PULSE_LEADERS_ACT_ANSWERS,
    Measure.SEALED_NO_LARGE_SUM: Measure.SEALED_AMOUNT_TOLD,
}
# counted elsewhere and read from tables that are written for good: no ticket stands behind them
FROM_OUTSIDE = frozenset(measure for measure in Measure if measure.startswith(("pulse_", "sealed_")))


class Direction(StrEnum):
    """Which way is better."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class Component(Shape):
    """A share in % with the bounds between which it is turned into 0 (worst) to 100 (best).

    ``mirrors``: what PCI asks that it stands for, or why there is no such question; None in older stored versions.
    """

    id: Code
    label: LocalText
    mirrors: LocalText | None = None
    numerator: Measure
    denominator: Measure
    direction: Direction
    worst: float = Field(ge=0, le=100)
    best: float = Field(ge=0, le=100)
    weight: float = Field(gt=0, le=1)
    minimum_n: int = Field(ge=1)
    source: Text
    confidence: Confidence

    @model_validator(mode="after")
    def _bounds_face_the_right_way(self) -> Self:
        rising = self.direction is Direction.HIGHER_IS_BETTER
        if self.worst == self.best or (self.worst < self.best) != rising:
            raise ValueError(f"worst={self.worst:g}, best={self.best:g} ngược với direction={self.direction}")
        return self

    @model_validator(mode="after")
    def _part_of_its_whole(self) -> Self:
        whole = WHOLES.get(self.numerator)
        if whole is not self.denominator:
            expected = (
                f"denominator của {self.numerator} là {whole}"
                if whole
                else "numerator là phần của một mẫu số"
            )
            raise ValueError(
                f"{self.numerator} không phải là một phần của {self.denominator}; cần {expected}"
            )
        return self


class InternalTarget(Shape):
    """A mark on the internal scale 0-100; it has nothing to do with VCCI's scale of 1-10."""

    score: float = Field(ge=0, le=100)
    source: Text
    confidence: Confidence


class Indicator(Shape):
    """An internal leading indicator of one sub-index; not VCCI's score. Its key is (``edition``, ``sub_index``)."""

    code: Code
    edition: Code | None = None
    sub_index: int
    name: LocalText
    target: InternalTarget | None = None
    components: tuple[Component, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _weights_sum_to_one(self) -> Self:
        total = sum(component.weight for component in self.components)
        if not isclose(total, 1, abs_tol=1e-9):
            raise ValueError(f"tổng weight của các thành phần phải bằng 1, hiện là {total:g}")
        return self


class SubIndex(Shape):
    """One sub-index of the edition; null where the source prints nothing.

    ``weight`` in %; ``target`` is a bound to exceed; both it and ``score`` lie on 1-10; ``change`` is in
    points against the year before.
    """

    number: int = Field(ge=1)
    code: Code
    name: LocalText
    weight: float | None = Field(default=None, gt=0, le=100)
    target: float | None = Field(default=None, ge=1, le=10)
    score: float | None = Field(default=None, ge=1, le=10)
    change: float | None = None
    source: Text
    confidence: Confidence


class OfficialResult(Shape):
    """A published result of the province as a whole: score of 100 and rank among ``ranked``."""

    index: Code
    year: int
    score: float | None = Field(default=None, ge=0, le=100)
    rank: int | None = Field(default=None, ge=1)
    ranked: int | None = Field(default=None, ge=1)
    note: LocalText | None = None
    source: Text
    confidence: Confidence


class ReportingPeriod(Shape):
    """A way to cut the year; a period bears the name of the month, quarter, half or year in which it ends.

    ``first_day`` 1 follows the calendar; 15 runs from the 15th of the month before to the 14th.
    ``reconciliation``: working days after the end in which agencies check their figures before they are frozen.
    """

    code: Code
    name: LocalText
    months: Literal[1, 3, 6, 12] = 1
    first_day: int = Field(ge=1, le=28)
    reconciliation: int = Field(default=3, ge=0, le=20)
    source: Text
    confidence: Confidence


class IndicatorEdition(Shape):
    """One edition of PCI: keys of sub-indices are (edition, number).

    ``number_of_sub_indices``: of the whole edition, where the source names only some of them.
    """

    code: Code
    version: Text
    name: LocalText
    note: LocalText | None = None
    number_of_sub_indices: int | None = Field(default=None, ge=1)
    confidence: Confidence
    sub_indices: tuple[SubIndex, ...]
    results: tuple[OfficialResult, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    periods: tuple[ReportingPeriod, ...] = ()
