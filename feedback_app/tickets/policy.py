"""Who: which person may do which act on which ticket. When an act fits the state is the lifecycle's answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from feedback_app.accounts.actor import Actor, Function
from feedback_app.tickets.lifecycle import RULES, Act, Beside, By, Status

ANSWERING = (
    Function.OFFICER,
    Function.AGENCY_HEAD,
    Function.FOCAL_POINT,
    Function.PROVINCIAL_OFFICE,
    Function.INSPECTOR,
)
HANDLING = (*ANSWERING, Function.CLERK)
OWNERS = frozenset({By.OWNER, By.READER, By.FILER_READER})
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
    handler_id: int | None = None
    coordinating_ids: frozenset[int] = frozenset()
    concerned_ids: frozenset[int] = frozenset()
    past_author_ids: frozenset[int] = frozenset()
    recused_ids: frozenset[int] = frozenset()
    asked_ids: frozenset[int] = frozenset()  # agencies whose opinion is awaited
    beside: frozenset[Beside] = frozenset()


def may(person: Actor | Owner, act: Act, ticket: TicketFacts) -> bool:
    """Say whether ``person`` is one who may do ``act`` on ``ticket``, whatever state it is in."""
    rule = RULES[act]
    if ticket.sensitive and not rule.sensitive:
        return False
    if isinstance(person, Owner):
        return rule.by in OWNERS and act is not Act.RELEASE_FILES
    return sees(person, ticket) and STANDS[rule.by](person, ticket)


def acts_open_to(person: Actor | Owner, ticket: TicketFacts) -> frozenset[Act]:
    """Return the acts that fit both the person and the state of the ticket now."""
    return frozenset(act for act in Act if fits(act, ticket) and may(person, act, ticket))


def fits(act: Act, ticket: TicketFacts) -> bool:
    """Say whether ``act`` fits the ticket as it stands, whoever does it."""
    return RULES[act].fits(ticket.status, ticket.beside)


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


def _of_holder(actor: Actor, functions: Iterable[Function], ticket: TicketFacts) -> bool:
    """Say whether ``actor`` holds one of ``functions`` where the ball is, and did not stand aside."""
    return ticket.holder_id in actor.agency_ids(functions) and actor.user_id not in ticket.recused_ids


def _keeps(actor: Actor, ticket: TicketFacts) -> bool:
    if ticket.handler_id in {None, actor.user_id}:
        return _of_holder(actor, HANDLING, ticket)
    return _of_holder(actor, (Function.AGENCY_HEAD,), ticket)


def _answers(actor: Actor, ticket: TicketFacts) -> bool:
    """An answering function in the agency that has the ball; in a later round, not who answered before."""
    return _fresh(actor, ANSWERING, ticket)


def _fresh(actor: Actor, functions: Iterable[Function], ticket: TicketFacts) -> bool:
    return _of_holder(actor, functions, ticket) and actor.user_id not in ticket.past_author_ids


def _distributes(actor: Actor, ticket: TicketFacts) -> bool:
    """The coordinating offices distribute; a sensitive report only whoever triages it now."""
    if ticket.status is Status.TRIAGE and ticket.sensitive:
        return ticket.holder_id in actor.agency_ids(ANSWERING)
    return actor.holds(*COORDINATING_OFFICES) and not ticket.sensitive


# In which relation somebody who sees the ticket stands to it; an owner is none of them.
STANDS: Mapping[By, Callable[[Actor, TicketFacts], bool]] = {
    By.OWNER: lambda actor, ticket: False,  # noqa: ARG005
    By.READER: lambda actor, ticket: True,  # noqa: ARG005
    By.PARTICIPANT: lambda actor, ticket: True,  # noqa: ARG005
    By.FILER_READER: sees_filer,
    By.HOLDER: _answers,
    By.HOLDING_LEAD: lambda actor, ticket: ticket.holder_id == ticket.lead_id and _answers(actor, ticket),
    By.AGENCY: lambda actor, ticket: _of_holder(actor, HANDLING, ticket),
    By.KEEPER: _keeps,
    By.APPROVER: lambda actor, ticket: _fresh(actor, HANDLING, ticket),
    By.HEAD: lambda actor, ticket: _of_holder(actor, (Function.AGENCY_HEAD,), ticket),
    By.COORDINATOR: lambda actor, ticket: bool(actor.agency_ids(ANSWERING) & ticket.asked_ids),
    By.DISTRIBUTOR: _distributes,
    By.PROVINCE: lambda actor, ticket: actor.holds(Function.PROVINCIAL_OFFICE),  # noqa: ARG005
}
