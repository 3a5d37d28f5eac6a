"""Reports on the action programme that reached a rung: one mail a person and rung, with numbers of tasks only."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Function
from feedback_app.catalogue.packs.ladder import Group
from feedback_app.core import clock
from feedback_app.core.outbox import Payload
from feedback_app.notifications import reaching
from feedback_app.notifications.owed import by_person
from feedback_app.notifications.people import Person
from feedback_app.notifications.reaching import Occasion
from feedback_app.notifications.rules import Channel, Letter
from feedback_app.notifications.services import dispatch
from feedback_app.programme.models import ProgrammeReport

SHOWN = 50  # numbers of tasks in a mail; the rest is counted


def tell(session: Session, payload: Payload) -> None:
    """Tell whom the rung addresses of the reports that are still owed."""
    query = select(ProgrammeReport).where(ProgrammeReport.id.in_(payload["report_ids"]))
    owed = session.scalars(query.where(ProgrammeReport.reported_at.is_(None))).all()
    if not owed:
        return
    groups = [Group(group) for group in payload["groups"]]
    lines = by_person(session, owed, groups)
    wished = reaching.wishes(session, [person.user.id for person, _reports in lines])
    today = clock.today()
    messages = [
        reaching.to_account(_occasion(payload, person, reports, today), person.user, Channel.MAIL)
        for person, reports in lines
        if wished[person.user.id].mail and wished[person.user.id].digest
    ]
    dispatch(session, messages)


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
