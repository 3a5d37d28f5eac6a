"""Reports on the action programme that reached a rung: one mail a person and rung, with numbers of tasks only."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Function
from feedback_app.catalogue.packs.ladder import Group
from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.notifications import people, reaching
from feedback_app.notifications.people import Person, Staff
from feedback_app.notifications.reaching import Occasion
from feedback_app.notifications.rules import Channel, Letter
from feedback_app.notifications.services import dispatch
from feedback_app.programme.models import ProgrammeReport

OF_GROUP: dict[Group, Function] = {
    Group.HANDLER: Function.OFFICER,
    Group.HEAD: Function.AGENCY_HEAD,
    Group.FOCAL_POINT: Function.FOCAL_POINT,
    Group.COORDINATING_OFFICE: Function.PROVINCIAL_OFFICE,
}
IN_AGENCY = (Group.HANDLER, Group.HEAD)
SHOWN = 50  # numbers of tasks in a mail; the rest is counted


def tell(session: Session, payload: Payload) -> None:
    """Tell whom the rung addresses of the reports that are still owed."""
    query = select(ProgrammeReport).where(ProgrammeReport.id.in_(payload["report_ids"]))
    owed = session.scalars(query.where(ProgrammeReport.reported_at.is_(None))).all()
    if not owed:
        return
    groups = [Group(group) for group in payload["groups"]]
    lines = _by_person(session, owed, groups)
    wished = reaching.wishes(session, [person.user.id for person, _reports in lines])
    today = clock.today()
    messages = [
        reaching.to_account(_occasion(payload, person, reports, today), person.user, Channel.MAIL)
        for person, reports in lines
        if wished[person.user.id].mail and wished[person.user.id].digest
    ]
    dispatch(session, messages)


def _by_person(
    session: Session, owed: Sequence[ProgrammeReport], groups: Iterable[Group]
) -> list[tuple[Person, list[ProgrammeReport]]]:
    staff = people.staff(session, {report.agency_id for report in owed})
    leaders = people.leaders(session) if Group.CHAIRMAN in groups else []
    found: dict[int, tuple[Person, list[ProgrammeReport]]] = {}
    for report in owed:
        for person in [*_of_groups(staff, report, groups), *leaders]:
            found.setdefault(person.user.id, (person, []))[1].append(report)
    return [found[user_id] for user_id in sorted(found)]


def _of_groups(staff: Staff, report: ProgrammeReport, groups: Iterable[Group]) -> list[Person]:
    """Return the people of the groups, each once; where an agency has none of them, its head, else the focal point."""
    wanted = [group for group in groups if group in OF_GROUP]
    named = {p.user.id: p for group in wanted for p in _group(staff, report, group)}
    resorts = (_group(staff, report, group) for group in (Group.HEAD, Group.FOCAL_POINT))
    return list(named.values()) or (next((r for r in resorts if r), []) if wanted else [])


def _group(staff: Staff, report: ProgrammeReport, group: Group) -> list[Person]:
    return staff.holding((OF_GROUP[group],), report.agency_id if group in IN_AGENCY else None)


def _occasion(payload: Payload, person: Person, reports: Sequence[ProgrammeReport], today: date) -> Occasion:
    tasks = sorted({report.task for report in reports})
    is_leader = person.actor.functions() == {Function.LEADERSHIP}
    data = {
        "late": payload["distance"] > 0,
        "today": payload["distance"] == 0,
        "count": len(reports),
        "tasks": tasks[:SHOWN],
        "more": max(0, len(tasks) - SHOWN),
        "board": is_leader,
    }
    key = f"{payload['rung']}:{today}:{min(report.id for report in reports)}"
    return Occasion(key, Letter.PROGRAMME, data, quiet=True)
