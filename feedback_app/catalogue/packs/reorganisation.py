"""The shape of a reorganisation file: who hands over to whom, new names, new agencies."""

from datetime import date
from typing import Any

from pydantic import ConfigDict, Field, ValidationError

from feedback_app.catalogue.packs import located
from feedback_app.catalogue.packs.agencies import AgencyType
from feedback_app.catalogue.packs.errors import PackError
from feedback_app.catalogue.packs.shape import Code, Shape, Text
from feedback_app.catalogue.packs.wording import told


class Step(Shape):
    """One line; what it leaves out is taken from the head of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    on: date | None = None
    confirmed: bool | None = None
    source: Text | None = None


class Handover(Step):
    """From ``on`` on ``to`` answers for ``source_agency``, in these fields and areas (none: in everything else)."""

    source_agency: Code = Field(alias="from")
    to: Code
    fields: tuple[Code, ...] = ()
    areas: tuple[Code, ...] = ()

    @property
    def precision(self) -> int:
        """Larger for the narrower line, as the directory weighs it."""
        return 2 * bool(self.areas) + bool(self.fields)

    def meets(self, other: "Handover") -> bool:
        """Whether a matter may fall under both, and neither is narrower."""
        return (
            self.precision == other.precision
            and _meet(self.fields, other.fields)
            and _meet(self.areas, other.areas)
        )


class Rename(Step):
    """From ``on`` on the agency bears this name; type and parent too where they change with it."""

    agency: Code
    vi: Text
    en: Text
    type: AgencyType | None = None
    parent: Code | None = None


class NewAgency(Step):
    """An agency that begins on ``on``."""

    code: Code
    type: AgencyType
    vi: Text
    en: Text
    parent: Code | None = None


class PersonMoves(Shape):
    """Where one person goes who does not follow the general line of a split."""

    email: Text
    to: Code


class Reorganisation(Shape):
    """One file; ``continues`` names agencies that hand over a part and go on themselves."""

    code: Code
    title: Text
    on: date | None = None
    confirmed: bool
    source: Text
    successions: tuple[Handover, ...] = ()
    renames: tuple[Rename, ...] = ()
    new_agencies: tuple[NewAgency, ...] = ()
    continues: tuple[Code, ...] = ()
    people: tuple[PersonMoves, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.successions, *self.renames, *self.new_agencies)

    @property
    def predecessors(self) -> tuple[str, ...]:
        """The agencies that hand over, in the order of the file."""
        return tuple(dict.fromkeys(step.source_agency for step in self.successions))

    @property
    def ending(self) -> tuple[str, ...]:
        """Those of them that end."""
        return tuple(code for code in self.predecessors if code not in self.continues)

    def handovers_of(self, code: str) -> tuple[Handover, ...]:
        return tuple(step for step in self.successions if step.source_agency == code)


def read_reorganisation(text: str, label: str, on: date | None = None) -> Reorganisation:
    """Return the reorganisation in the YAML ``text``, every line with its day, source and standing.

    Args:
        label: what the file is called in an error.
        on: the day that stands in for the one at the head of the file.

    Raises:
        PackError: the first thing wrong, with its line.
    """
    content = located.load(text, label)
    try:
        plan = Reorganisation.model_validate(_with_on(content.content))
    except ValidationError as error:
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise PackError(label, content.line(first["loc"]), *told(first, Reorganisation)) from None
    if not plan.steps:
        raise PackError(label, 1, "không có thay đổi nào", "successions, renames hoặc new_agencies")
    return _completed(plan, on or plan.on, label)


def stored(content: dict[str, Any]) -> Reorganisation:
    """Return a reorganisation as it was recorded (``model_dump(mode="json")``)."""
    return Reorganisation.model_validate(content)


def _with_on(content: Any) -> Any:
    """Return the content with its keys ``on``, which YAML 1.1 takes for the truth value."""
    if isinstance(content, dict):
        return {"on" if key is True else key: _with_on(value) for key, value in content.items()}
    return [_with_on(entry) for entry in content] if isinstance(content, list) else content


def _completed(plan: Reorganisation, on: date | None, label: str) -> Reorganisation:
    if on is None and any(step.on is None for step in plan.steps):
        raise PackError(label, 1, "thiếu ngày áp dụng", "on ở đầu tệp, ở từng dòng, hoặc --on YYYY-MM-DD")

    def complete(steps: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(step.model_copy(update=_defaults(step, plan, on)) for step in steps)

    return plan.model_copy(
        update={
            "on": on,
            "successions": complete(plan.successions),
            "renames": complete(plan.renames),
            "new_agencies": complete(plan.new_agencies),
        }
    )


def _defaults(step: Step, plan: Reorganisation, on: date | None) -> dict[str, Any]:
    return {
        "on": step.on or on,
        "confirmed": plan.confirmed if step.confirmed is None else step.confirmed,
        "source": step.source or plan.source,
    }


def _meet(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return (not some and not others) or not set(some).isdisjoint(others)
