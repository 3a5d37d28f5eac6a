"""The shape of ``fields.yaml``: kinds, fields, procedures, and the tasks that assign them."""

from typing import Self

from pydantic import Field, model_validator

from feedback_app.catalogue.packs.shape import Code, Kind, LocalText, Shape, Text, one


class KindText(Shape):
    """How a kind of filing is called, and one line that says when to choose it."""

    code: Kind
    name: LocalText
    explanation: LocalText


class Task(Shape):
    """One numbered task of the appendix to decision 1814/QĐ-UBND (2024).

    ``everyone_leads`` and ``everyone_coordinates`` stand for "các sở, ban, ngành, địa phương"; ``line`` is
    where the lead agency stands in the copy of the decision in ``docs/sources``.
    """

    number: int = Field(ge=1, le=70)
    about: LocalText
    lead: tuple[Code, ...] = ()
    everyone_leads: bool = False
    coordinating: tuple[Code, ...] = ()
    everyone_coordinates: bool = False
    line: int = Field(ge=1)

    @model_validator(mode="after")
    def _somebody_leads(self) -> Self:
        if not self.lead and not self.everyone_leads:
            raise ValueError("nhiệm vụ cần cơ quan chủ trì: lead hoặc everyone_leads")
        return self


class FieldOfMatter(Shape):
    """A field of state administration; ``sub_index`` is a number of the pci-2023 edition."""

    code: Code
    name: LocalText
    hint: LocalText
    sub_index: int | None = Field(ge=1, le=10)
    task: int | None
    confirmed: bool
    source: Text


class Procedure(Shape):
    """An administrative procedure that enterprises meet, under one field."""

    code: Code
    field: Code
    name: LocalText


class FieldsPack(Shape):
    """Everything a filer chooses from."""

    version: Text
    kinds: tuple[KindText, ...]
    tasks: tuple[Task, ...]
    fields: tuple[FieldOfMatter, ...] = Field(min_length=1)
    procedures: tuple[Procedure, ...]

    def kind(self, code: str) -> KindText:
        """Return the kind of that code. Raises LookupError if there is none."""
        return one(self.kinds, code, "loại phản ánh")

    def field(self, code: str) -> FieldOfMatter:
        """Return the field of that code. Raises LookupError if there is none."""
        return one(self.fields, code, "lĩnh vực")

    def procedure(self, code: str) -> Procedure:
        """Return the procedure of that code. Raises LookupError if there is none."""
        return one(self.procedures, code, "thủ tục")

    def procedures_of(self, field: str) -> tuple[Procedure, ...]:
        """Return the procedures under that field, in the order of the pack."""
        return tuple(procedure for procedure in self.procedures if procedure.field == field)
