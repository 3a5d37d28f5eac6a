"""Views of the queue that people keep: named, shared within the agency, one of them shown first."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import Invalid, NotFound
from feedback_app.tickets.policy import HANDLING
from feedback_app.tickets.saved import SavedView

MOST, LONGEST = 30, 60


def views_of(session: Session, actor: Actor) -> Sequence[SavedView]:
    """Return one's own views and those that colleagues share, one's own first."""
    shared = SavedView.agency_id.in_(actor.agency_ids(HANDLING))
    query = select(SavedView).where(or_(SavedView.user_id == actor.user_id, shared))
    return session.scalars(
        query.order_by(SavedView.user_id != actor.user_id, SavedView.name, SavedView.id)
    ).all()


def first_view(session: Session, actor: Actor) -> str | None:
    """Return the filters of the view that this person sees first."""
    query = select(SavedView.query).where(SavedView.user_id == actor.user_id, SavedView.opens)
    return session.scalar(query.limit(1))


def save(
    session: Session, *, by: Actor, name: str, query: str, shared: bool, opens: bool, at: datetime
) -> SavedView:
    """Keep the filters under the name, in the place of one's own view of that name.

    Raises:
        Invalid: no name, too long a one, or too many views.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise Invalid(_("Vui lòng đặt tên, không quá %(max)d ký tự.", max=LONGEST), "name")
    if opens:
        session.execute(update(SavedView).where(SavedView.user_id == by.user_id).values(opens=False))
    view = session.scalar(select(SavedView).where(SavedView.user_id == by.user_id, SavedView.name == name))
    if view is None:
        if (_count(session, by) or 0) >= MOST:
            raise Invalid(_("Ông/Bà đã lưu %(max)d bộ lọc, vui lòng xóa bớt.", max=MOST), "name")
        view = SavedView(user_id=by.user_id, name=name)
        session.add(view)
    own = sorted(by.agency_ids(HANDLING))
    view.query, view.opens, view.at = query, opens, at
    view.agency_id = own[0] if shared and own else None
    session.flush()
    return view


def remove(session: Session, view_id: int, *, by: Actor) -> None:
    """Remove one's own view.

    Raises:
        NotFound: there is none of that id that is one's own.
    """
    session.delete(_own(session, view_id, by))


def open_first(session: Session, view_id: int, *, by: Actor) -> None:
    """Show one's own view first from now on, or no more where it is already.

    Raises:
        NotFound: there is none of that id that is one's own.
    """
    view = _own(session, view_id, by)
    opens = not view.opens
    session.execute(update(SavedView).where(SavedView.user_id == by.user_id).values(opens=False))
    view.opens = opens


def _own(session: Session, view_id: int, by: Actor) -> SavedView:
    view = session.get(SavedView, view_id)
    if view is None or view.user_id != by.user_id:
        raise NotFound(str(view_id))
    return view


def _count(session: Session, by: Actor) -> int | None:
    return session.scalar(select(func.count()).select_from(SavedView).where(SavedView.user_id == by.user_id))
