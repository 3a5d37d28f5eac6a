"""Wordings of answers that an agency keeps, and where they go."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.reorganisation.heirs import Heirs
from feedback_app.tickets.templating import AnswerTemplate


def templates_of(session: Session, agency_id: int) -> Sequence[AnswerTemplate]:
    """Return the wordings that the agency uses."""
    query = select(AnswerTemplate).where(
        AnswerTemplate.agency_id == agency_id, AnswerTemplate.retired_at.is_(None)
    )
    return session.scalars(query.order_by(AnswerTemplate.id)).all()


def template_heir(heirs: Heirs, code: str, template: AnswerTemplate) -> str | None:
    """Return who goes on with the wording: the one heir of all its fields, else that of the general line."""
    found = {heirs.heir(code, field) for field in template.fields}
    return found.pop() if len(found) == 1 else heirs.heir(code)
