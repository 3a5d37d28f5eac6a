"""Who: which person may do which act on which ticket. When an act fits the state is the lifecycle's answer."""

from dataclasses import dataclass
from typing import assert_never

from feedback_app.accounts.actor import Actor, Function
from feedback_app.tickets.lifecycle import WHEN, Act, Status

ANSWERING = (
    Function.OFFICER,
    Function.AGENCY_HEAD,
    Function.FOCAL_POINT,
    Function.PROVINCIAL_OFFICE,
    Function.INSPECTOR,
)
HANDLING = (*ANSWERING, Function.CLERK)
COORDINATING_OFFICES = (Function.FOCAL_POINT, Function.PROVINCIAL_OFFICE)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever proved that the ticket is theirs: the enterprise's account, or the tracking code."""

    user_id: int | None = None
    enterprise_id: int | None = None


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What the rules need to know of a ticket."""

    status: Status
    round: int = 1
    sensitive: bool = False
    hide_identity: bool = False
    lead_id: int | None = None
    holder_id: int | None = None
    coordinating_ids: frozenset[int] = frozenset()
    concerned_ids: frozenset[int] = frozenset()
    past_author_ids: frozenset[int] = frozenset()


def may(person: Actor | Owner, act: Act, ticket: TicketFacts) -> bool:  # noqa: PLR0911 - one line for each act
    """Say whether ``person`` is one who may do ``act`` on ``ticket``, whatever state it is in."""
    match act:
        case Act.SEE:
            return isinstance(person, Owner) or sees(person, ticket)
        case Act.SEE_FILER:
            return isinstance(person, Owner) or sees_filer(person, ticket)
        case Act.REPLY | Act.RATE | Act.DISPUTE | Act.WITHDRAW:
            return isinstance(person, Owner)
        case Act.ACCEPT | Act.ASK | Act.ANSWER:
            return isinstance(person, Actor) and _answers(person, ticket)
        case Act.RETURN:
            return (
                isinstance(person, Actor) and _answers(person, ticket) and ticket.holder_id == ticket.lead_id
            )
        case Act.NOTE:
            return isinstance(person, Actor) and _takes_part(person, ticket)
        case Act.ASSIGN:
            return isinstance(person, Actor) and _distributes(person, ticket)
        case Act.RELEASE_FILES:
            return isinstance(person, Actor) and ticket.hide_identity and sees_filer(person, ticket)
        case _:
            assert_never(act)


def acts_open_to(person: Actor | Owner, ticket: TicketFacts) -> frozenset[Act]:
    """Return the acts that fit both the person and the state of the ticket now."""
    return frozenset(act for act in Act if ticket.status in WHEN[act] and may(person, act, ticket))


def sees(actor: Actor, ticket: TicketFacts) -> bool:
    """Say whether ``actor`` may know that the ticket exists.

    A sensitive report is seen by its holder and its lead alone, and never by an agency it concerns,
    whatever else a person of that agency is.
    """
    agencies = actor.agency_ids(HANDLING)
    if not agencies or actor.agency_ids() & ticket.concerned_ids:
        return False
    if agencies & {ticket.lead_id, ticket.holder_id}:
        return True
    if ticket.sensitive:
        return False
    return bool(agencies & ticket.coordinating_ids) or actor.holds(*COORDINATING_OFFICES)


def sees_filer(actor: Actor, ticket: TicketFacts) -> bool:
    """Say whether ``actor`` may know who filed.

    A hidden identity is known to the coordinating offices alone; on a sensitive report to nobody but the
    head of the agency that holds it.
    """
    if not sees(actor, ticket):
        return False
    if not ticket.hide_identity:
        return True
    if ticket.sensitive:
        return ticket.holder_id in actor.agency_ids({Function.AGENCY_HEAD})
    return actor.holds(*COORDINATING_OFFICES)


def _answers(actor: Actor, ticket: TicketFacts) -> bool:
    """An answering function in the agency that has the ball; in a later round, not who answered before."""
    if ticket.holder_id is None or not sees(actor, ticket):
        return False
    return ticket.holder_id in actor.agency_ids(ANSWERING) and actor.user_id not in ticket.past_author_ids


def _takes_part(actor: Actor, ticket: TicketFacts) -> bool:
    return sees(actor, ticket) and bool(actor.agency_ids(HANDLING))


def _distributes(actor: Actor, ticket: TicketFacts) -> bool:
    """The coordinating offices distribute; a sensitive report only whoever triages it now."""
    if not sees(actor, ticket):
        return False
    if ticket.status is Status.TRIAGE and ticket.sensitive:
        return ticket.holder_id in actor.agency_ids(ANSWERING)
    return actor.holds(*COORDINATING_OFFICES) and not ticket.sensitive
