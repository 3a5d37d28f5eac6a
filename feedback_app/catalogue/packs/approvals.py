"""The shape of ``approvals.yaml``: whose approval an answer needs before it leaves an agency."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text


class StepKind(StrEnum):
    """A step approves what was drafted, or sends it with the number of the register."""

    APPROVE = "approve"
    ISSUE = "issue"


class ApprovalStep(Shape):
    """One step: any person who holds one of ``functions`` in the agency may take it."""

    code: Code
    kind: StepKind = StepKind.ISSUE
    functions: tuple[Code, ...] = Field(min_length=1)
    note: LocalText


class _Steps(Shape):
    """One to four steps: all but the last approve, the last one sends."""

    code: Code
    steps: tuple[ApprovalStep, ...] = Field(min_length=1, max_length=4)

    @model_validator(mode="after")
    def _the_last_step_sends(self) -> Self:
        *before, last = self.steps
        if last.kind is not StepKind.ISSUE or any(step.kind is not StepKind.APPROVE for step in before):
            raise ValueError("các bước trước phải là 'approve', bước cuối phải là 'issue'")
        if len({step.code for step in self.steps}) != len(self.steps):
            raise ValueError("mã các bước của một quy trình phải khác nhau")
        return self


class ApprovalChain(_Steps):
    """The steps of an answer in the agencies named (none named: in every other agency).

    A chain of one step has no drafts: whoever takes it answers.
    """

    agencies: tuple[Code, ...] = ()

    @property
    def direct(self) -> bool:
        """Whether an answer leaves the agency in one step."""
        return len(self.steps) == 1


class SampleChain(_Steps):
    """What many agencies do, for an administrator to begin with."""

    name: LocalText


class ApprovalsPack(Shape):
    """All chains; the first that names the agency holds, else the one that names none.

    ``reason``: why an administrator made this version out of the one before it.
    """

    version: Text
    reason: str = ""
    chains: tuple[ApprovalChain, ...] = Field(min_length=1)
    samples: tuple[SampleChain, ...] = ()

    @model_validator(mode="after")
    def _one_for_the_rest(self) -> Self:
        if sum(not chain.agencies for chain in self.chains) != 1:
            raise ValueError("phải có đúng một quy trình không nêu cơ quan, áp dụng cho các cơ quan còn lại")
        return self

    def chain_for(self, agency: str) -> ApprovalChain:
        """Return the chain of that agency."""
        named = (chain for chain in self.chains if agency in chain.agencies)
        return next(named, next(chain for chain in self.chains if not chain.agencies))
