"""What an administrator changes in the packs: a time limit, the standing of a profile, of an agency,
a rule of routing.

Each change makes a new version of the whole pack. Tickets keep the version they were filed under, so a change
is for what is filed from then on.
"""

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy.orm import Session

from feedback_app.catalogue import packs
from feedback_app.catalogue.load import add_agencies, edit, newest_of
from feedback_app.catalogue.models import PackVersion
from feedback_app.catalogue.packs import Catalogue
from feedback_app.catalogue.packs.regulation import RegulationProfile
from feedback_app.core import audit
from feedback_app.core.errors import Conflict, Invalid, NotFound

AGENCIES = "agencies"
APPROVALS = "approvals"
ROUTING = "routing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The new state of one time limit; ``source`` names decision and article."""

    value: int
    source: str
    confirmed: bool


def calendar_pack(code: str) -> str:
    """Return the pack's name of the calendar of that code."""
    return f"calendars/{code}"


def profile_pack(code: str) -> str:
    """Return the pack's name of the profile of that code."""
    return f"regulations/{code}"


def with_limit(content: dict[str, Any], position: int, limit: Limit) -> dict[str, Any]:
    """Return the profile's content with its limit at ``position`` changed.

    Raises:
        NotFound: the profile has no such row.
    """
    if not 0 <= position < len(content["limits"]):
        raise NotFound(str(position))
    changed = deepcopy(content)
    row = {"value": limit.value, "source": limit.source.strip(), "confirmed": limit.confirmed}
    changed["limits"][position] |= row
    return changed


def preview(session: Session, code: str, position: int, limit: Limit) -> RegulationProfile:
    """Return the profile as it would be, without storing it.

    Raises:
        NotFound: there is no such profile or row.
        Invalid: the change breaks a rule of profiles.
    """
    row = _row(session, profile_pack(code))
    try:
        parsed = packs.parse(row.pack, with_limit(row.content, position, limit))
    except packs.PackError as error:
        raise Invalid(error.problem) from None
    return cast("RegulationProfile", parsed)


def change_limit(
    session: Session, code: str, position: int, limit: Limit, *, seen_version: int, by_id: int
) -> PackVersion:
    """Put one time limit into its new state.

    Raises:
        Conflict: somebody changed the profile meanwhile.
        Invalid: the change breaks a rule of profiles.
    """
    return _edited(
        session, profile_pack(code), lambda content: with_limit(content, position, limit), seen_version, by_id
    )


def confirm_profile(
    session: Session, code: str, *, legal_basis: str, confirmed: bool, seen_version: int, by_id: int
) -> PackVersion:
    """Say that the profile was compared with the text of the regulation (or take that back).

    Raises:
        Conflict: somebody changed the profile meanwhile.
    """

    def standing(content: dict[str, Any]) -> dict[str, Any]:
        basis = content["legal_basis"] | {"vi": legal_basis.strip()}
        return content | {"confirmed": confirmed, "legal_basis": basis}

    return _edited(session, profile_pack(code), standing, seen_version, by_id)


def confirm_agency(
    session: Session,
    code: str,
    *,
    source: str,
    seen_version: int,
    by_id: int,
    dated: date | None = None,
    parts: Collection[str] | None = None,
) -> PackVersion:
    """Confirm what is unconfirmed of one agency under one document, issued on ``dated``.

    Args:
        parts: which of it, by the keys of ``agency_parts``; None: all of it.

    Raises:
        Conflict: somebody changed the directory meanwhile.
        NotFound: there is no such agency.
    """
    document = source.strip() + (f", ngày {dated:%d/%m/%Y}" if dated else "")
    told: list[str] = []

    def confirmed(content: dict[str, Any]) -> dict[str, Any]:
        agency = next((a for a in content["agencies"] if a["code"] == code), None)
        if agency is None:
            raise NotFound(code)
        for key, part in agency_parts(agency).items():
            if not part["confirmed"] and (parts is None or key in parts):
                part.update(confirmed=True, source=document)
                told.append(key)
        return content

    row = _edited(session, AGENCIES, confirmed, seen_version, by_id)
    facts = {"parts": told, "version": row.version, "dated": dated.isoformat() if dated else None}
    audit.record(session, "agency.confirmed", at=row.loaded_at, actor_id=by_id, subject=code, **facts)
    return row


def agency_parts(agency: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what is confirmed by itself of an agency as the pack holds it: itself, each name, each successor."""
    names = {f"name-{n}": part for n, part in enumerate(agency["names"])}
    successors = {f"successor-{n}": part for n, part in enumerate(agency["successors"])}
    return {"agency": agency, **names, **successors}


def agencies_version(session: Session) -> int:
    """Return the version of the directory in force."""
    return _row(session, AGENCIES).version


def put_agencies(
    session: Session, catalogue: Catalogue, *, seen_version: int, by_id: int | None
) -> PackVersion:
    """Put the directory of ``catalogue`` into force: after a reorganisation.

    Raises:
        Conflict: somebody changed the directory meanwhile.
        Invalid: it breaks a rule of directories.
    """
    add_agencies(session, catalogue)
    content = packs.dump(catalogue.agencies)
    return _edited(session, AGENCIES, lambda _before: content, seen_version, by_id)


def add_rule(session: Session, rule: dict[str, Any], *, seen_version: int, by_id: int) -> PackVersion:
    """Put a rule of routing before all others.

    Raises:
        Conflict: somebody changed the routing pack meanwhile.
        Invalid: the rule names what the packs do not have.
    """

    def first(content: dict[str, Any]) -> dict[str, Any]:
        return content | {"rules": [rule, *content["rules"]]}

    return _edited(session, ROUTING, first, seen_version, by_id)


def drop_rule(session: Session, code: str, *, seen_version: int, by_id: int) -> PackVersion:
    """Take a rule out of routing.

    Raises:
        Conflict: somebody changed the routing pack meanwhile.
        NotFound: there is no such rule.
    """

    def without(content: dict[str, Any]) -> dict[str, Any]:
        rest = [rule for rule in content["rules"] if rule["code"] != code]
        if len(rest) == len(content["rules"]):
            raise NotFound(code)
        return content | {"rules": rest}

    return _edited(session, ROUTING, without, seen_version, by_id)


def set_chains(
    session: Session,
    chains: Sequence[dict[str, Any]],
    *,
    seen_version: int,
    by_id: int,
    reason: str = "",
) -> PackVersion:
    """Put the approval chains of all agencies into their new state; ``reason`` says why, for the version's readers.

    Raises:
        Conflict: somebody changed them meanwhile.
        Invalid: they break a rule of chains, or name an agency that there is not.
    """
    new = {"chains": list(chains), "reason": reason}
    return _edited(session, APPROVALS, lambda content: content | new, seen_version, by_id)


def approvals_version(session: Session) -> int:
    """Return the version of the approval chains in force."""
    return _row(session, APPROVALS).version


def change_calendar(
    session: Session,
    code: str,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    *,
    seen_version: int,
    by_id: int,
) -> PackVersion:
    """Put the calendar into the state that ``change`` makes of its content.

    Raises:
        Conflict: somebody changed the calendar meanwhile.
        Invalid: the result breaks a rule of calendars.
    """
    return _edited(session, calendar_pack(code), change, seen_version, by_id)


def _edited(
    session: Session,
    name: str,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    seen_version: int,
    by_id: int | None,
) -> PackVersion:
    row = _row(session, name)
    if row.version != seen_version:
        raise Conflict(name)
    content = change(deepcopy(row.content))
    content["version"] = f"{content['version'].partition('+')[0]}+{row.version + 1}"
    try:
        return edit(session, name, content, seen_version=seen_version, actor_id=by_id)
    except packs.PackError as error:
        raise Invalid(error.problem) from None


def _row(session: Session, name: str) -> PackVersion:
    row = newest_of(session, name)
    if row is None:
        raise NotFound(name)
    return row
