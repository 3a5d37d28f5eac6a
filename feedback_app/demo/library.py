"""Sample answers of the library: some ten that are public, one that waits, two that rest on the same document."""

from datetime import timedelta
from typing import cast

from sqlalchemy import select

from feedback_app.core.clock import local_date
from feedback_app.demo.story import Stage
from feedback_app.library.lifecycle import Wait
from feedback_app.library.rules import cited
from feedback_app.library.services import deciding, proposing
from feedback_app.tickets.lifecycle import Status
from feedback_app.tickets.loading import load
from feedback_app.tickets.models import Ticket

PUBLISHED = 10
LOOKED_AT = 60
SAID = timedelta(days=9)  # between proposing and approving: longer than the days to object


def fill(stage: Stage) -> None:
    """Propose the answers of some closed tickets, and publish all but the last."""
    query = select(Ticket.id).where(
        Ticket.status == Status.CLOSED, Ticket.publish_consent, ~Ticket.sensitive, ~Ticket.hide_identity
    )
    titles: set[str] = set()
    for id_ in stage.session.scalars(query.order_by(Ticket.answered_on.desc()).limit(LOOKED_AT)).all():
        ticket = cast("Ticket", load(stage.session, select(Ticket).where(Ticket.id == id_), whole=True))
        if len(titles) <= PUBLISHED and ticket.title not in titles and _propose(stage, ticket):
            titles.add(ticket.title)


def _propose(stage: Stage, ticket: Ticket) -> bool:
    answer, loaded = proposing.answer_of(ticket), stage.loaded
    if answer is None or proposing.reason_against(ticket, loaded) is not None:
        return False
    agency = loaded.agency_codes[answer.agency_id]
    terms = proposing.terms_of(stage.session, ticket, loaded)
    row = proposing.propose(
        stage.session,
        ticket,
        proposing.proposed(ticket, answer, terms),
        cited(answer.legal_refs, answer.text),
        loaded,
        by=stage.actors[f"canbo.{agency}"],
        at=answer.at + timedelta(hours=2),
        let_stand=True,
    )
    approved_at = row.proposed_at + SAID
    if approved_at < stage.until and deciding.wait(row, local_date(approved_at)) is Wait.READY:
        head = stage.actors[f"lanhdao.{agency}"]
        deciding.approve(stage.session, row, row.version, by=head, at=approved_at)
    stage.session.flush()
    return True
