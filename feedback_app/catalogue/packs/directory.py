"""Who answers on a day: the agencies pack, asked."""

from collections.abc import Callable, Iterable
from datetime import date

from feedback_app.catalogue.packs.agencies import AgenciesPack, Agency, AgencyType, Succession
from feedback_app.catalogue.packs.shape import Code, LocalText, Shape


class AgencyOnDay(Shape):
    """An agency as it stands on one day; ``confirmed`` is false if any step of the way is assumed."""

    code: Code
    type: AgencyType
    name: LocalText
    confirmed: bool


class AgencyEnded(LookupError):
    """The agency no longer exists and no successor is known for the matter: route the matter anew."""


class Directory:
    """Answers who an agency is, and who answers for it, on a given day."""

    def __init__(self, pack: AgenciesPack) -> None:
        self._pack = pack
        self._agencies = {agency.code: agency for agency in pack.agencies}

    def resolve(self, code: str, on: date, field: str | None = None, area: str | None = None) -> AgencyOnDay:
        """Return who answers on that day for what was addressed to ``code``, following all successions.

        Raises:
            LookupError: no such code, or the day is before the agency began.
            AgencyEnded: a LookupError too: it ended and nobody took this matter over.
        """
        agency, confirmed = self._agency(code), True
        if on < agency.valid_from:
            raise LookupError(f"Cơ quan '{code}' chưa có trong danh bạ vào ngày {on:%d/%m/%Y}.")
        while (succession := _succession(agency, on, field, area)) is not None:
            agency, confirmed = self._agency(succession.to), confirmed and succession.confirmed
        if not agency.exists(on):
            raise AgencyEnded(
                f"'{agency.named(on).vi}' đã kết thúc hoạt động trước ngày {on:%d/%m/%Y} "
                "và chưa có cơ quan kế thừa cho nội dung này."
            )
        return _as_of(agency, on, confirmed)

    def active(self, on: date) -> tuple[AgencyOnDay, ...]:
        """Return all agencies that exist on that day, in the order of the pack."""
        return tuple(_as_of(agency, on, True) for agency in self._pack.agencies if agency.exists(on))

    def family(self, code: str) -> frozenset[str]:
        """Return the agency, its predecessors and successors at any time, and the parents of each.

        Whoever is in the family of an agency concerned by a report must not see that report.
        """
        self._agency(code)
        line = _closure(code, self._successors) | _closure(code, self._predecessors)
        return frozenset().union(*(_closure(member, self._parents) for member in line))

    def focal_point(self, on: date) -> AgencyOnDay:
        """Return the agency that collates and triages on that day."""
        return self.resolve(self._pack.roles.focal_point, on)

    def provincial_office(self, on: date) -> AgencyOnDay:
        """Return the office that settles disagreements between agencies on that day."""
        return self.resolve(self._pack.roles.provincial_office, on)

    def inspectorate(self, on: date) -> AgencyOnDay:
        """Return the agency that handles informal-cost and overlapping-inspection reports on that day."""
        return self.resolve(self._pack.roles.inspectorate, on)

    def _agency(self, code: str) -> Agency:
        try:
            return self._agencies[code]
        except KeyError:
            raise LookupError(f"Không có cơ quan nào mang mã '{code}' trong danh bạ.") from None

    def _successors(self, code: str) -> Iterable[str]:
        return (succession.to for succession in self._agencies[code].successors)

    def _predecessors(self, code: str) -> Iterable[str]:
        return (a.code for a in self._pack.agencies if any(s.to == code for s in a.successors))

    def _parents(self, code: str) -> Iterable[str]:
        agency = self._agencies[code]
        return (parent for parent in (agency.parent, *(n.parent for n in agency.names)) if parent is not None)


def _succession(agency: Agency, on: date, field: str | None, area: str | None) -> Succession | None:
    """Return the most exact succession in force; of two equally exact ones the later."""
    holding = [s for s in agency.successors if s.holds(on, field, area)]
    return max(holding, key=lambda s: (s.precision, s.starts), default=None)


def _as_of(agency: Agency, on: date, confirmed: bool) -> AgencyOnDay:
    period = agency.named(on)
    return AgencyOnDay(
        code=agency.code,
        type=period.type or agency.type,
        name=period.name,
        confirmed=confirmed and agency.confirmed and period.confirmed,
    )


def _closure(code: str, neighbours: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found, waiting = {code}, [code]
    while waiting:
        fresh = set(neighbours(waiting.pop())) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)
