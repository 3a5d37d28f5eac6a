"""People of an agency that ended: their functions, invitations and absences follow them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback_app.accounts.models import Absence, FunctionHeld, Invitation
from feedback_app.catalogue.packs.reorganisation import Reorganisation
from feedback_app.catalogue.store import Loaded
from feedback_app.core import audit
from feedback_app.reorganisation.heirs import ONE_DAY, Heirs, goes_to
from feedback_app.reorganisation.staffing import absences_from, held_from, places


@dataclass(frozen=True, slots=True)
class Follow:
    """What all moves of people have in common."""

    loaded: Loaded
    heirs: Heirs
    plan: Reorganisation
    by_id: int | None
    at: datetime


def follow(session: Session, common: Follow) -> int:
    """End the functions held in agencies that are gone the day before, begin them in the heirs; return how many."""
    moved = 0
    for code, day in gone(common).items():
        for row in held_from(session, common.loaded.agency_ids[code], day):
            heir = goes_to(common.plan, row.user.email, common.heirs.heir(code))
            _move(session, row, common.loaded.agency_ids[heir] if heir else None, day, common)
            moved += 1
        _invitations(session, common, code)
    session.flush()
    _absences(session, common)
    return moved


def gone(common: Follow) -> dict[str, date]:
    """Return the agencies of the plan that are no more, with the first day on which they were not."""
    return common.heirs.gone(common.plan.ending)


def _move(session: Session, row: FunctionHeld, heir_id: int | None, day: date, common: Follow) -> None:
    last, row.valid_to = row.valid_to, day - ONE_DAY  # begun later, it was never held where it says
    facts = {"function": row.function, "agency": row.agency_id, "last_day": row.valid_to.isoformat()}
    subject = f"user:{row.user_id}"
    audit.record(session, "function.ended", at=common.at, actor_id=common.by_id, subject=subject, **facts)
    if heir_id is not None:
        _begin(session, row, heir_id, (max(day, row.valid_from), last), common)


def _begin(
    session: Session, row: FunctionHeld, agency_id: int, span: tuple[date, date | None], common: Follow
) -> None:
    first, last = span
    same = (FunctionHeld.user_id == row.user_id, FunctionHeld.function == row.function)
    held = select(FunctionHeld.id).where(*same, FunctionHeld.agency_id == agency_id)
    if session.scalar(held.where(or_(FunctionHeld.valid_to.is_(None), FunctionHeld.valid_to >= first))):
        return
    session.add(
        FunctionHeld(
            user_id=row.user_id, function=row.function, agency_id=agency_id, valid_from=first, valid_to=last
        )
    )
    facts = {"function": row.function, "agency": agency_id, "first_day": first.isoformat()}
    subject = f"user:{row.user_id}"
    audit.record(session, "function.held", at=common.at, actor_id=common.by_id, subject=subject, **facts)


def _invitations(session: Session, common: Follow, code: str) -> None:
    """Let invitations that nobody has taken up yet lead into the heir."""
    heir = common.heirs.heir(code)
    query = select(Invitation).where(Invitation.agency_id == common.loaded.agency_ids[code])
    for invitation in session.scalars(query.where(Invitation.used_at.is_(None))) if heir else ():
        invitation.agency_id = common.loaded.agency_ids[heir or ""]
        facts = {"agency": invitation.agency_id}
        subject = f"invitation:{invitation.id}"
        audit.record(
            session, "invitation.moved", at=common.at, actor_id=common.by_id, subject=subject, **facts
        )


def _absences(session: Session, common: Follow) -> None:
    """End the absences whose two people work in different agencies since one of theirs is gone."""
    for code, day in gone(common).items():
        held = select(FunctionHeld.user_id).where(FunctionHeld.agency_id == common.loaded.agency_ids[code])
        people = session.scalars(held.where(FunctionHeld.valid_to == day - ONE_DAY)).all()
        for absence in absences_from(session, day, people):
            on = max(day, absence.valid_from)
            if not places(session, absence.user_id, on) & places(session, absence.substitute_id, on):
                _cut(session, absence, day, common)


def _cut(session: Session, absence: Absence, day: date, common: Follow) -> None:
    subject = f"user:{absence.user_id}"
    facts = {"substitute": absence.substitute_id, "last_day": (day - ONE_DAY).isoformat()}
    if absence.valid_from >= day:
        session.delete(absence)
    else:
        absence.valid_to = day - ONE_DAY
    audit.record(session, "absence.ended", at=common.at, actor_id=common.by_id, subject=subject, **facts)
