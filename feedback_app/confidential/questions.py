"""The closed lists of data/sealed.yaml: whom it is about, who is competent, what is asked. Pure."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import model_validator

from feedback_app.catalogue.packs.shape import Code, LocalText, Shape, Text, one
from feedback_app.confidential.weeks import Step

FILE = Path(__file__).resolve().parents[1] / "data" / "sealed.yaml"


class Body(Shape):
    """Who is competent; ``hosted`` bodies take reports in here, of others the page says where to go."""

    code: Code
    name: LocalText
    hosted: bool
    how: LocalText  # where and how to reach it
    confirmed: bool
    source: Text


class Unit(Shape):
    """Whom a report is about, and the body that follows from it."""

    code: Code
    name: LocalText
    help: LocalText | None = None
    body: Code
    agencies: tuple[Code, ...] = ()  # codes of the catalogue to choose from; none: the unit is enough
    confirmed: bool
    source: Text


class Choice(Shape):
    code: Code
    name: LocalText


class Question(Shape):
    """A closed question; ``before`` names a text of ``texts`` that is shown above it."""

    code: Code
    text: LocalText
    help: LocalText | None = None
    many: bool = False
    optional: bool = True
    before: Code | None = None
    choices: tuple[Choice, ...]

    def choice(self, code: str) -> Choice:
        return one(self.choices, code, "choice")


class Said(Shape):
    """A text that the reporter is told, with its source; unconfirmed law says so itself."""

    code: Code
    text: LocalText
    law: Text | None = None
    confirmed: bool
    source: Text


class Limit(Shape):
    step: Step
    weeks: int
    confirmed: bool
    source: Text


class Sealed(Shape):
    """The whole pack."""

    version: Text
    bodies: tuple[Body, ...]
    units: tuple[Unit, ...]
    questions: tuple[Question, ...]
    texts: tuple[Said, ...]
    deadlines: tuple[Limit, ...]

    @model_validator(mode="after")
    def _refers(self) -> "Sealed":
        known = {body.code for body in self.bodies}
        unknown = [unit.code for unit in self.units if unit.body not in known]
        said = {text.code for text in self.texts}
        unsaid = [q.code for q in self.questions if q.before and q.before not in said]
        if unknown or unsaid:
            raise ValueError(f"names what is not there: {unknown + unsaid}")
        return self

    def body(self, code: str) -> Body:
        return one(self.bodies, code, "body")

    def unit(self, code: str) -> Unit:
        return one(self.units, code, "unit")

    def competent(self, unit: str) -> Body:
        """Return the body for the unit's code. Raises LookupError."""
        return self.body(self.unit(unit).body)

    def question(self, code: str) -> Question:
        return one(self.questions, code, "question")

    def said(self, code: str) -> Said:
        return one(self.texts, code, "text")

    def weeks(self) -> dict[Step, int]:
        return {limit.step: limit.weeks for limit in self.deadlines}

    def hosted(self) -> tuple[Body, ...]:
        return tuple(body for body in self.bodies if body.hosted)


def read(path: Path) -> Sealed:
    """Return the pack of a file. Raises pydantic.ValidationError."""
    return Sealed.model_validate(yaml.safe_load(path.read_text("utf-8")))


@cache
def shipped() -> Sealed:
    """Return the pack that comes with the application."""
    return read(FILE)
