"""Who acts, as plain data: rules about people never see a database row."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Function(StrEnum):
    """What a person does here; all but ``enterprise`` are held in an agency or for the whole province."""

    ADMINISTRATOR = "administrator"
    AGENCY_HEAD = "agency_head"
    AUDITOR = "auditor"
    CLERK = "clerk"
    ENTERPRISE = "enterprise"
    FOCAL_POINT = "focal_point"
    INSPECTOR = "inspector"
    LEADERSHIP = "leadership"
    OFFICER = "officer"
    PROVINCIAL_OFFICE = "provincial_office"


class Audience(StrEnum):
    """The pages a function opens."""

    ADMIN = "admin"
    ENTERPRISE = "enterprise"
    INSPECTORATE = "inspectorate"
    LEADERSHIP = "leadership"
    OFFICER = "officer"


AUDIENCES: dict[Function, frozenset[Audience]] = {
    Function.ADMINISTRATOR: frozenset({Audience.ADMIN}),
    Function.AGENCY_HEAD: frozenset({Audience.OFFICER}),
    Function.AUDITOR: frozenset({Audience.ADMIN}),
    Function.CLERK: frozenset({Audience.OFFICER}),
    Function.ENTERPRISE: frozenset({Audience.ENTERPRISE}),
    Function.FOCAL_POINT: frozenset({Audience.OFFICER, Audience.LEADERSHIP}),
    Function.INSPECTOR: frozenset({Audience.OFFICER, Audience.INSPECTORATE}),
    Function.LEADERSHIP: frozenset({Audience.LEADERSHIP}),
    Function.OFFICER: frozenset({Audience.OFFICER}),
    Function.PROVINCIAL_OFFICE: frozenset({Audience.OFFICER, Audience.LEADERSHIP}),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A function held today, and where (``None``: for the whole province)."""

    function: Function
    agency_id: int | None = None
    agency_code: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person as the rules see one."""

    user_id: int
    name: str
    held: tuple[Held, ...] = ()
    enterprise_id: int | None = None

    def functions(self) -> frozenset[Function]:
        return frozenset(held.function for held in self.held)

    def holds(self, *functions: Function, agency_id: int | None = None) -> bool:
        """Say whether one of ``functions`` is held today (in the agency ``agency_id``, where given)."""
        return any(
            held.function in functions and (agency_id is None or held.agency_id == agency_id)
            for held in self.held
        )

    def agency_ids(self, functions: Iterable[Function] = tuple(Function)) -> frozenset[int]:
        """Return the agencies in which one of ``functions`` is held today."""
        wanted = frozenset(functions)
        return frozenset(h.agency_id for h in self.held if h.agency_id is not None and h.function in wanted)

    def audiences(self) -> frozenset[Audience]:
        return frozenset().union(*(AUDIENCES[function] for function in self.functions()))
