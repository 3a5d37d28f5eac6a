"""All packs together."""

from collections.abc import Mapping

from pydantic import BaseModel

from feedback_app.catalogue.packs.agencies import AgenciesPack
from feedback_app.catalogue.packs.approvals import ApprovalsPack
from feedback_app.catalogue.packs.areas import AreasPack
from feedback_app.catalogue.packs.calendar import CalendarPack
from feedback_app.catalogue.packs.ddci import DdciPack
from feedback_app.catalogue.packs.fields import FieldsPack
from feedback_app.catalogue.packs.indicators import IndicatorEdition
from feedback_app.catalogue.packs.inspections import InspectionsPack
from feedback_app.catalogue.packs.library import LibraryPack
from feedback_app.catalogue.packs.monitor import MonitorPack
from feedback_app.catalogue.packs.programme import ProgrammePack
from feedback_app.catalogue.packs.pulses import PulsesPack
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.catalogue.packs.routing import RoutingPack, VocabularyPack
from feedback_app.catalogue.packs.shape import Shape

# A pack's name is its file below data/ without the suffix; the folder, or the bare name, says its shape.
SINGLE: Mapping[str, type[BaseModel]] = {
    "agencies": AgenciesPack,
    "approvals": ApprovalsPack,
    "areas": AreasPack,
    "ddci": DdciPack,
    "fields": FieldsPack,
    "inspections": InspectionsPack,
    "library": LibraryPack,
    "monitor": MonitorPack,
    "programme": ProgrammePack,
    "pulses": PulsesPack,
    "routing": RoutingPack,
    "vocabulary": VocabularyPack,
}
FOLDERS: Mapping[str, type[BaseModel]] = {
    "regulations": RegulationProfile,
    "calendars": CalendarPack,
    "indicators": IndicatorEdition,
}


class Catalogue(Shape):
    """Every pack in force, cross-checked."""

    agencies: AgenciesPack
    approvals: ApprovalsPack
    areas: AreasPack
    ddci: DdciPack
    fields: FieldsPack
    inspections: InspectionsPack
    library: LibraryPack
    monitor: MonitorPack
    programme: ProgrammePack
    pulses: PulsesPack
    routing: RoutingPack
    vocabulary: VocabularyPack
    regulations: tuple[RegulationProfile, ...]
    calendars: tuple[CalendarPack, ...]
    indicators: tuple[IndicatorEdition, ...]

    def packs(self) -> dict[str, BaseModel]:
        """Return each pack by the name it is stored under, such as ``regulations/khanh-hoa-2023``."""
        single = {name: getattr(self, name) for name in SINGLE}
        return single | {f"{folder}/{p.code}": p for folder in FOLDERS for p in getattr(self, folder)}


def shape_of(pack_name: str) -> type[BaseModel]:
    """Return the shape of the pack of that name.

    Raises:
        KeyError: there is no such pack.
    """
    folder, slash, _ = pack_name.partition("/")
    return FOLDERS[folder] if slash else SINGLE[pack_name]


def composed(packs: Mapping[str, BaseModel]) -> Catalogue:
    """Put packs, by name, together without checking references.

    Raises:
        KeyError: one of the single packs is missing.
    """
    single = {name: packs[name] for name in SINGLE}
    many = {
        folder: tuple(packs[name] for name in sorted(packs) if name.startswith(f"{folder}/"))
        for folder in FOLDERS
    }
    return Catalogue.model_validate(single | many)
