"""Which regulation profile holds on a day, and which of its limits apply to a kind of filing."""

from datetime import date

from feedback_app.catalogue.packs import Catalogue, Kind
from feedback_app.catalogue.packs.regulation import RegulationProfile, Step, TimeLimit
from feedback_app.catalogue.packs.shape import covers
from feedback_app.deadlines.errors import ProfileGap, UnknownKind, vn


def profile_for(catalogue: Catalogue, on: date, territory: str | None = None) -> RegulationProfile:
    """Return the profile in force on ``on``, the first of the pack when several territories have one.

    Raises:
        ProfileGap: none is in force on that day (in that territory).
    """
    for profile in catalogue.regulations:
        if covers(on, profile.valid_from, profile.valid_to) and territory in (None, profile.territory):
            return profile
    where = f" cho địa bàn {territory}" if territory else ""
    raise ProfileGap(
        f"Không có quy chế nào có hiệu lực ngày {vn(on)}{where}.",
        f"No regulation profile is in force on {on}{f' for {territory}' if territory else ''}.",
    )


def governing(catalogue: Catalogue, on: date, area: str | None) -> RegulationProfile:
    """Return the profile that binds a matter of ``area`` on ``on``; the first in force where no area is named.

    A regulation binds the ground it was made for, whatever was merged since. Where that ground has none that is
    known, the first in force stands in, unconfirmed.

    Raises:
        ProfileGap: none is in force on that day.
    """
    territory = territory_of(catalogue, area)
    own = [p for p in catalogue.regulations if p.territory == territory]
    if any(covers(on, p.valid_from, p.valid_to) for p in own):
        return profile_for(catalogue, on, territory)
    return binding(profile_for(catalogue, on), catalogue, area)


def binding(profile: RegulationProfile, catalogue: Catalogue, area: str | None) -> RegulationProfile:
    """Return the profile as it holds in ``area``: outside its own territory it is confirmed by nobody."""
    if territory_of(catalogue, area) in {None, profile.territory}:
        return profile
    return profile.model_copy(update={"confirmed": False})


def territory_of(catalogue: Catalogue, area: str | None) -> str | None:
    """Return the territory in which the area lies, ``None`` where none is named or known."""
    return next((a.territory for a in catalogue.areas.areas if a.code == area), None)


def kind_of(kind: str) -> Kind:
    """Return the kind of that code. Raises UnknownKind, naming the codes there are."""
    try:
        return Kind(kind)
    except ValueError:
        known = ", ".join(Kind)
        raise UnknownKind(
            f"Không có loại phản ánh '{kind}'; các loại: {known}.", f"Unknown kind '{kind}'; kinds: {known}."
        ) from None


def steps_for(profile: RegulationProfile, kind: str, on: date) -> tuple[TimeLimit, ...]:
    """Return the limits for that kind in force on ``on``, in the order of the pack.

    Raises:
        UnknownKind: there is no such kind.
    """
    return profile.limits_on(kind_of(kind), on)


def due_limit(profile: RegulationProfile, kind: str, on: date) -> TimeLimit:
    """Return the limit whose day is the due date of such a ticket (answer; for informal costs: settlement).

    Raises:
        UnknownKind: there is no such kind.
        ProfileGap: the profile has no such limit on that day.
    """
    step = profile.due_step(kind_of(kind))
    for limit in steps_for(profile, kind, on):
        if limit.step == step:
            return limit
    raise ProfileGap(
        f"Quy chế {profile.code} không có thời hạn bước '{step}' vào ngày {vn(on)}.",
        f"Profile {profile.code} has no limit for step '{step}' on {on}.",
    )


def extension_days(profile: RegulationProfile, kind: str, on: date) -> int:
    """Return by how many days, in the unit of the due limit, an answer may be extended; 0: not at all.

    The profile names either the whole time from receipt (``extended_answer``) or what is added (``settle_extension``).
    """
    if not profile.allowances.extensions:
        return 0
    rows = {row.step: row for row in steps_for(profile, kind, on)}
    due = due_limit(profile, kind, on)
    if due.step is Step.SETTLE:
        added = rows.get(Step.SETTLE_EXTENSION)
        return added.value if added else 0
    whole = rows.get(Step.EXTENDED_ANSWER)
    return max(0, whole.value - due.value) if whole and whole.unit == due.unit else 0
