"""The shape of ``library.yaml``: what is never published, and how long an enterprise may object."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Kind, LocalText, Shape, Text


class Mark(StrEnum):
    """What about a ticket, besides its kind, keeps its answer from being published."""

    SENSITIVE = "sensitive"
    HIDDEN_NAME = "hidden_name"
    ACCUSATION = "accusation"


class Withheld(Shape):
    """A rule: answers to these kinds, or to tickets that bear this mark, are not published, and why."""

    kinds: tuple[Kind, ...] = ()
    mark: Mark | None = None
    reason: LocalText

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if bool(self.kinds) == bool(self.mark):
            raise ValueError("cần đúng một trong hai: kinds hoặc mark")
        return self


class LibraryPack(Shape):
    """``objection_days``: working days in which the enterprise may object to the text that is to be published."""

    version: Text
    objection_days: int = Field(ge=1, le=30)
    confirmed: bool
    source: Text
    withheld: tuple[Withheld, ...]
