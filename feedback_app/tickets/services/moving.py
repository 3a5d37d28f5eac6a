"""What every act on a ticket begins with: may this person, does it fit, and the move itself."""

from feedback_app.accounts.actor import Actor
from feedback_app.core.errors import Conflict, Forbidden, IllegalTransition
from feedback_app.tickets.facts import facts_of
from feedback_app.tickets.lifecycle import MEANING, Act, Status, allows
from feedback_app.tickets.models import Ticket
from feedback_app.tickets.policy import Owner, fits, may


def require(person: Actor | Owner, act: Act, ticket: Ticket, seen_version: int | None = None) -> None:
    """Refuse an act that is not this person's, does not fit the state, or was decided on an old page.

    Raises:
        Forbidden: not one of the person's acts.
        Conflict: the ticket has changed since the page with ``seen_version`` was made.
        IllegalTransition: the act does not fit the state.
    """
    facts = facts_of(ticket)
    if not may(person, act, facts):
        raise Forbidden(act)
    if seen_version is not None and seen_version != ticket.version:
        raise Conflict(act)
    if not fits(act, facts):
        raise IllegalTransition(act)


def move(ticket: Ticket, target: Status) -> None:
    """Bring the ticket to ``target``, and its clock category with it.

    Raises:
        IllegalTransition: no such move.
    """
    if not allows(Status(ticket.status), target):
        raise IllegalTransition(f"{ticket.status} → {target}")
    ticket.status = target
    ticket.clock = MEANING[target].clock
