"""Who: the agency that answered proposes, another person there or at a coordinating office answers for publishing."""

from feedback_app.accounts.actor import Actor, Function
from feedback_app.tickets.policy import ANSWERING, COORDINATING_OFFICES, HANDLING

DECIDING = (Function.AGENCY_HEAD,)


def may_propose(actor: Actor, agency_id: int) -> bool:
    """Say whether ``actor`` may propose an answer of that agency."""
    return actor.holds(*ANSWERING, agency_id=agency_id)


def may_decide(actor: Actor, agency_id: int, proposed_by: int) -> bool:
    """Say whether ``actor`` may approve or refuse: never whoever proposed it."""
    return actor.user_id != proposed_by and may_end(actor, agency_id)


def may_end(actor: Actor, agency_id: int) -> bool:
    """Say whether ``actor`` may take an answer of that agency out again."""
    return actor.holds(*COORDINATING_OFFICES) or actor.holds(*DECIDING, agency_id=agency_id)


def may_mark_documents(actor: Actor) -> bool:
    """Say whether ``actor`` may say that a document was replaced: it takes answers of all agencies out."""
    return actor.holds(*COORDINATING_OFFICES)


def reads(actor: Actor, agency_id: int) -> bool:
    """Say whether ``actor`` may read what is on its way into the library."""
    return actor.holds(*COORDINATING_OFFICES) or actor.holds(*HANDLING, agency_id=agency_id)
