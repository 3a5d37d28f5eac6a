"""What still has to be compared with a document: limits, profiles, agencies."""

from dataclasses import dataclass

from feedback_app.catalogue.packs.agencies import Agency
from feedback_app.catalogue.packs.regulation import RegulationProfile, TimeLimit
from feedback_app.web.catalogue import loaded


@dataclass(frozen=True, slots=True)
class Doubts:
    """Unconfirmed limits with their profile and position, profiles, and agencies."""

    limits: list[tuple[RegulationProfile, int, TimeLimit]]
    profiles: list[RegulationProfile]
    agencies: list[Agency]

    def number(self) -> int:
        return len(self.limits) + len(self.profiles) + len(self.agencies)


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
    return Doubts(limits, profiles, [a for a in catalogue.agencies.agencies if doubtful(a)])


def doubtful(agency: Agency) -> bool:
    """Say whether the agency, one of its names or of its successors is unconfirmed."""
    parts = (
        agency.confirmed,
        *(n.confirmed for n in agency.names),
        *(s.confirmed for s in agency.successors),
    )
    return not all(parts)
