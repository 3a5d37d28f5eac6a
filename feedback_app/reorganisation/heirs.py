"""Who goes on with what an agency held: the directory asked for one ticket, one person, one task."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from feedback_app.catalogue.packs import AgencyEnded, Catalogue, Directory
from feedback_app.catalogue.packs.reorganisation import Reorganisation

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Heirs:
    """The directory of a catalogue on one day; agencies are codes."""

    catalogue: Catalogue
    directory: Directory
    on: date

    def heir(self, code: str, field: str | None = None, area: str | None = None) -> str | None:
        """Return who answers instead (or ``code`` itself), ``None`` where nobody took this over."""
        try:
            return self.directory.resolve(code, self.on, field, area).code
        except AgencyEnded:
            return None

    def gone(self, codes: Iterable[str]) -> dict[str, date]:
        """Return those of ``codes`` that ended before that day, with the first day on which they were no more."""
        wanted = frozenset(codes)
        return {
            agency.code: agency.valid_to + ONE_DAY
            for agency in self.catalogue.agencies.agencies
            if agency.code in wanted and agency.valid_to is not None and agency.valid_to < self.on
        }

    def since(self, code: str, heir: str) -> date:
        """Return the day from which ``heir`` answers for (a part of) ``code``, along the chain of successions."""
        agency = next(a for a in self.catalogue.agencies.agencies if a.code == code)
        starts = [s.starts for s in agency.successors if s.starts <= self.on]
        direct = [s.starts for s in agency.successors if s.starts <= self.on and s.to == heir]
        return min(direct or starts or [self.on])


def heirs_on(catalogue: Catalogue, on: date) -> Heirs:
    return Heirs(catalogue, Directory(catalogue.agencies), on)


def goes_to(plan: Reorganisation, email: str, heir: str | None) -> str | None:
    """Return where a person goes: where the file says, else with the general line."""
    named = {person.email.strip().lower(): person.to for person in plan.people}
    return named.get(email, heir)
