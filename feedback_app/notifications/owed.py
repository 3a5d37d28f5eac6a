"""Whom a rung addresses when what is owed is an agency's, not a ticket: the people of its groups, each once."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Function
from feedback_app.catalogue.packs.ladder import Group
from feedback_app.notifications import people
from feedback_app.notifications.people import Person, Staff

OF_GROUP: dict[Group, Function] = {
    Group.HANDLER: Function.OFFICER,
    Group.HEAD: Function.AGENCY_HEAD,
    Group.FOCAL_POINT: Function.FOCAL_POINT,
    Group.COORDINATING_OFFICE: Function.PROVINCIAL_OFFICE,
}
IN_AGENCY = (Group.HANDLER, Group.HEAD)


class Owed(Protocol):
    """Something that an agency owes."""

    @property
    def agency_id(self) -> int: ...


Due = TypeVar("Due", bound=Owed)


def by_person(
    session: Session, owed: Sequence[Due], groups: Iterable[Group]
) -> list[tuple[Person, list[Due]]]:
    """Return each person to be told with what is owed by those they answer for, in the order of people."""
    groups = list(groups)
    staff = people.staff(session, {due.agency_id for due in owed})
    leaders = people.leaders(session) if Group.CHAIRMAN in groups else []
    found: dict[int, tuple[Person, list[Due]]] = {}
    for due in owed:
        for person in [*_of_groups(staff, due.agency_id, groups), *leaders]:
            found.setdefault(person.user.id, (person, []))[1].append(due)
    return [found[user_id] for user_id in sorted(found)]


def _of_groups(staff: Staff, agency_id: int, groups: Iterable[Group]) -> list[Person]:
    """Return the people of the groups, each once; where an agency has none of them, its head, else the focal point."""
    wanted = [group for group in groups if group in OF_GROUP]
    named = {p.user.id: p for group in wanted for p in _group(staff, agency_id, group)}
    resorts = (_group(staff, agency_id, group) for group in (Group.HEAD, Group.FOCAL_POINT))
    return list(named.values()) or (next((r for r in resorts if r), []) if wanted else [])


def _group(staff: Staff, agency_id: int, group: Group) -> list[Person]:
    return staff.holding((OF_GROUP[group],), agency_id if group in IN_AGENCY else None)
