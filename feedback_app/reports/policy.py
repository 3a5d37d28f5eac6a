"""Who: the coordinating offices and the leadership read every report, an agency's people those of their own agency."""

from feedback_app.accounts.actor import Actor, Function
from feedback_app.tickets.policy import COORDINATING_OFFICES, HANDLING

OVERSEERS = (*COORDINATING_OFFICES, Function.LEADERSHIP)
READERS = frozenset({*OVERSEERS, *HANDLING})
WHOLE = ""  # in place of an agency's code: the whole province


def reads_all(actor: Actor) -> bool:
    return actor.holds(*OVERSEERS)


def own_agencies(actor: Actor) -> frozenset[str]:
    """Return the codes of the agencies whose reports ``actor`` reads though not everybody's."""
    return frozenset(h.agency_code for h in actor.held if h.function in HANDLING and h.agency_code)


def reads(actor: Actor, agency: str) -> bool:
    """Say whether ``actor`` may ask for and read the reports on ``agency`` (``WHOLE``: on the province)."""
    return reads_all(actor) or (agency != WHOLE and agency in own_agencies(actor))
