"""What still has to be compared with a document: limits, profiles, agencies."""

from dataclasses import dataclass

from flask_babel import gettext as _

from feedback_app.catalogue.packs.agencies import Agency, Succession
from feedback_app.catalogue.packs.regulation import RegulationProfile, TimeLimit
from feedback_app.core.i18n import ngay
from feedback_app.web.catalogue import loaded
from feedback_app.web.presenting import agency_name, field_name, local


@dataclass(frozen=True, slots=True)
class Part:
    """One row that is confirmed by itself, in the reader's language."""

    key: str
    text: str
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Doubts:
    """Unconfirmed limits with their profile and position, profiles, and agencies."""

    limits: list[tuple[RegulationProfile, int, TimeLimit]]
    profiles: list[RegulationProfile]
    agencies: list[tuple[Agency, list[Part]]]

    def number(self) -> int:
        parts = sum(len(parts) for _, parts in self.agencies)
        return len(self.limits) + len(self.profiles) + parts


def doubts() -> Doubts:
    """Return what is unconfirmed in the catalogue in force."""
    catalogue = loaded().catalogue
    limits = [
        (profile, position, limit)
        for profile in catalogue.regulations
        for position, limit in enumerate(profile.limits)
        if not limit.confirmed
    ]
    profiles = [profile for profile in catalogue.regulations if not profile.confirmed]
    doubtful = [(agency, doubtful_parts(agency)) for agency in catalogue.agencies.agencies]
    return Doubts(limits, profiles, [(agency, parts) for agency, parts in doubtful if parts])


def doubtful_parts(agency: Agency) -> list[Part]:
    """Return what of the agency is unconfirmed, keyed as ``editing.agency_parts``."""
    return [part for part in parts_of(agency) if not part.confirmed]


def parts_of(agency: Agency) -> list[Part]:
    """Return the agency itself, each name and each succession, as one would read them out."""
    first = Part("agency", _itself(agency), agency.source, agency.confirmed)
    names = [
        Part(
            f"name-{n}",
            _("Tên từ %(day)s: %(name)s", day=ngay(period.valid_from), name=local(period.name)),
            period.source or agency.source,
            period.confirmed,
        )
        for n, period in enumerate(agency.names)
    ]
    heirs = [
        Part(f"successor-{n}", _heir(succession), succession.source, succession.confirmed)
        for n, succession in enumerate(agency.successors)
    ]
    return [first, *names, *heirs]


def _itself(agency: Agency) -> str:
    if agency.valid_to is None:
        return _("Cơ quan, có từ %(day)s", day=ngay(agency.valid_from))
    days = {"first": ngay(agency.valid_from), "last": ngay(agency.valid_to)}
    return _("Cơ quan, có từ %(first)s đến %(last)s", **days)


def _heir(succession: Succession) -> str:
    heir = agency_name(loaded(), succession.to, succession.starts)
    what = [field_name(loaded(), code) for code in succession.fields]
    what += [local(loaded().catalogue.areas.area(code).name) for code in succession.areas]
    text = _("Từ %(day)s, cơ quan kế thừa: %(agency)s", day=ngay(succession.starts), agency=heir)
    return f"{text} ({', '.join(what)})" if what else text
