"""What happens to tickets, as the rest of the house hears of it."""

from dataclasses import dataclass
from typing import ClassVar

from feedback_app.core.outbox import Event


@dataclass(frozen=True)
class TicketFiled(Event):
    name: ClassVar[str] = "ticket.filed"
    ticket_id: int


@dataclass(frozen=True)
class TicketAssigned(Event):
    """The ticket has a (new) holder: the lead agency, or whoever triages."""

    name: ClassVar[str] = "ticket.assigned"
    ticket_id: int
    agency_id: int
    triage: bool


@dataclass(frozen=True)
class EnterpriseAsked(Event):
    name: ClassVar[str] = "ticket.enterprise_asked"
    ticket_id: int


@dataclass(frozen=True)
class EnterpriseReplied(Event):
    name: ClassVar[str] = "ticket.enterprise_replied"
    ticket_id: int


@dataclass(frozen=True)
class TicketAnswered(Event):
    name: ClassVar[str] = "ticket.answered"
    ticket_id: int
    round: int


@dataclass(frozen=True)
class TicketDisputed(Event):
    name: ClassVar[str] = "ticket.disputed"
    ticket_id: int


@dataclass(frozen=True)
class TicketClosed(Event):
    name: ClassVar[str] = "ticket.closed"
    ticket_id: int
    reason: str


@dataclass(frozen=True)
class TicketNews(Event):
    """A line of the history that somebody must hear of.

    ``to``: enterprise, holder (who answers there), head (of the holder), province (Văn phòng UBND tỉnh), focal point,
    agency or person (then ``whom`` is its id). ``legal``: a notice that nobody can unsubscribe from.
    """

    name: ClassVar[str] = "ticket.news"
    ticket_id: int
    entry: str
    to: str
    whom: int | None = None
    legal: bool = False


@dataclass(frozen=True)
class ProposalDecided(Event):
    """A rule was changed, or will not be: linked tickets with ids above ``after`` are still to hear."""

    name: ClassVar[str] = "proposal.decided"
    proposal_id: int
    after: int = 0


@dataclass(frozen=True)
class CalendarChanged(Event):
    """A new version of the calendar is in force: open tickets with ids above ``after`` are still to be moved."""

    name: ClassVar[str] = "calendar.changed"
    calendar_id: int
    document: str
    by_id: int
    after: int = 0
