"""Reports about an agency stay hidden from whoever it becomes."""

from collections.abc import Iterable

from sqlalchemy import exists, insert, literal, select
from sqlalchemy.orm import Session, aliased

from feedback_app.catalogue.store import Loaded
from feedback_app.tickets.models import ConcernedAgency


def extend(session: Session, loaded: Loaded, codes: Iterable[str]) -> None:
    """Put the whole family, as it is now, beside each agency of ``codes`` or their families that a report names."""
    members = frozenset().union(*(loaded.directory.family(code) for code in codes))
    families = {member: loaded.directory.family(member) for member in members}
    for named, family in sorted(families.items()):
        for member in sorted(family):
            _add(session, loaded.agency_ids[named], loaded.agency_ids[member])


def _add(session: Session, named_id: int, member_id: int) -> None:
    there = aliased(ConcernedAgency)
    missing = select(ConcernedAgency.ticket_id, literal(member_id), literal(False)).where(
        ConcernedAgency.agency_id == named_id,
        ConcernedAgency.named.is_(True),
        ~exists().where(there.ticket_id == ConcernedAgency.ticket_id, there.agency_id == member_id),
    )
    columns = ["ticket_id", "agency_id", "named"]
    session.execute(insert(ConcernedAgency).from_select(columns, missing))
