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
