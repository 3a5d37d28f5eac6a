"""The shape of ``approvals.yaml``: whose approval an answer needs before it leaves an agency."""

from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text


class ApprovalStep(Shape):
    """One step: any person who holds one of ``functions`` in the agency may take it."""

    code: Code
    functions: tuple[Code, ...] = Field(min_length=1)
    note: LocalText


class ApprovalChain(Shape):
    """The steps of an answer in the agencies named (none named: in every other agency).

    One step for now: whoever takes it sends the answer.
    """

    code: Code
    agencies: tuple[Code, ...] = ()
    steps: tuple[ApprovalStep, ...] = Field(min_length=1, max_length=1)


class ApprovalsPack(Shape):
    """All chains; the first that names the agency holds, else the one that names none."""

    version: Text
    chains: tuple[ApprovalChain, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_for_the_rest(self) -> Self:
        if sum(not chain.agencies for chain in self.chains) != 1:
            raise ValueError("phải có đúng một quy trình không nêu cơ quan, áp dụng cho các cơ quan còn lại")
        return self

    def chain_for(self, agency: str) -> ApprovalChain:
        """Return the chain of that agency."""
        named = (chain for chain in self.chains if agency in chain.agencies)
        return next(named, next(chain for chain in self.chains if not chain.agencies))
