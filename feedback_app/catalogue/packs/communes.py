"""The imported list of communes, put into the areas and the directory."""

from collections.abc import Iterable
from datetime import date, timedelta

from feedback_app.catalogue.packs.agencies import Agency, AgencyType, NamePeriod, Succession
from feedback_app.catalogue.packs.areas import Area, AreaType, Commune, OldName, OldPlace
from feedback_app.catalogue.packs.catalogue import Catalogue
from feedback_app.catalogue.packs.errors import PackError
from feedback_app.catalogue.packs.shape import LocalText

FIRST_DAY = date(2025, 7, 1)  # the merger; the district level ended the day before
OTHER_TERRITORY = "ninh-thuan"


def with_communes(catalogue: Catalogue, communes: Iterable[Commune], source: str) -> Catalogue:
    """Return the catalogue with each commune as an area and its committee as heir of the old district.

    A commune imported before is replaced. Without an old district it lies in the territory of old Ninh Thuận.
    The result is not checked: dump its packs and ``assemble`` them.

    Raises:
        PackError: an old district, or a code that belongs to something else than a commune.
    """
    new = {commune.code: commune for commune in communes}
    _refuse_strangers(catalogue, new)
    territories = {area.code: area.territory for area in catalogue.areas.areas}
    areas = [area for area in catalogue.areas.areas if area.code not in new]
    areas += [_area(c, territories.get(c.old_district, OTHER_TERRITORY), source) for c in new.values()]
    agencies = [_bequeath(a, new, source) for a in catalogue.agencies.agencies if a.code not in new]
    agencies += [_committee(commune, source) for commune in new.values()]
    return catalogue.model_copy(
        update={
            "areas": catalogue.areas.model_copy(update={"areas": tuple(areas)}),
            "agencies": catalogue.agencies.model_copy(update={"agencies": tuple(agencies)}),
        }
    )


def with_old_places(catalogue: Catalogue, places: Iterable[OldPlace]) -> Catalogue:
    """Return the catalogue in which each commune also answers to the names of the old places; twice is once.

    Raises:
        PackError: a commune or old district that the catalogue does not have.
    """
    new: dict[str, list[OldName]] = {}
    for place in places:
        new.setdefault(place.code, []).append(
            OldName(name=place.old_name, district=place.old_district or None)
        )
    known = {area.code: area for area in catalogue.areas.areas}
    for code in (*new, *(old.district for names in new.values() for old in names if old.district)):
        if code not in known:
            raise PackError("areas", None, f"không có địa bàn '{code}'", "mã của địa bàn đã nhập")
    areas = tuple(_also_called(area, new.get(area.code, ())) for area in catalogue.areas.areas)
    return catalogue.model_copy(update={"areas": catalogue.areas.model_copy(update={"areas": areas})})


def _also_called(area: Area, names: Iterable[OldName]) -> Area:
    return area.model_copy(update={"old_names": tuple(dict.fromkeys((*area.old_names, *names)))})


def _refuse_strangers(catalogue: Catalogue, new: dict[str, Commune]) -> None:
    districts = {area.code for area in catalogue.areas.areas if area.type is AreaType.DISTRICT}
    taken = {a.code for a in catalogue.agencies.agencies if a.type is not AgencyType.COMMUNE}
    taken |= {area.code for area in catalogue.areas.areas if area.type is not AreaType.COMMUNE}
    for commune in new.values():
        if commune.code in taken:
            raise PackError(
                "communes", None, f"mã '{commune.code}' đã dùng cho cơ quan hoặc địa bàn khác", "mã khác"
            )
        if commune.old_district and commune.old_district not in districts:
            expected = f"để trống hoặc một trong: {', '.join(sorted(districts))}"
            raise PackError("communes", None, f"không có huyện cũ '{commune.old_district}'", expected)


def _area(commune: Commune, territory: str, source: str) -> Area:
    return Area(
        code=commune.code,
        type=AreaType.COMMUNE,
        name=LocalText(vi=commune.name, en=commune.name),
        territory=territory,
        agency=commune.code,
        parent=commune.old_district or None,
        old_names=tuple(OldName(name=n, district=commune.old_district or None) for n in commune.old_names),
        valid_from=FIRST_DAY,
        confirmed=True,
        source=source,
    )


def _committee(commune: Commune, source: str) -> Agency:
    vi = f"UBND {commune.name[0].lower()}{commune.name[1:]}"
    name = NamePeriod(valid_from=FIRST_DAY, vi=vi, en=f"People's Committee of {commune.name}")
    return Agency(code=commune.code, type=AgencyType.COMMUNE, names=(name,), confirmed=True, source=source)


def _bequeath(agency: Agency, new: dict[str, Commune], source: str) -> Agency:
    """Make the communes of a district its successors, each for its own area."""
    heirs = [c.code for c in new.values() if c.old_district == agency.code]
    if not heirs or agency.valid_to is None:
        return agency
    starts = agency.valid_to + timedelta(days=1)
    fresh = (Succession(to=c, starts=starts, areas=(c,), confirmed=True, source=source) for c in heirs)
    kept = (succession for succession in agency.successors if succession.to not in heirs)
    return agency.model_copy(update={"successors": (*kept, *fresh)})
