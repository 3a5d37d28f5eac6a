"""Who: agencies report on what they lead, the coordinating offices and the leadership read everything."""

from feedback_app.accounts.actor import Actor, Function

REPORTERS = (
    Function.OFFICER,
    Function.AGENCY_HEAD,
    Function.FOCAL_POINT,
    Function.PROVINCIAL_OFFICE,
    Function.INSPECTOR,
)
OVERSEERS = (Function.FOCAL_POINT, Function.PROVINCIAL_OFFICE, Function.LEADERSHIP)
LINKING_ANY = (Function.FOCAL_POINT, Function.PROVINCIAL_OFFICE)


def oversees(actor: Actor) -> bool:
    """Say whether ``actor`` reads the reports of all agencies."""
    return actor.holds(*OVERSEERS)


def reports_for(actor: Actor) -> frozenset[int]:
    """Return the agencies for which ``actor`` reports."""
    return actor.agency_ids(REPORTERS)


def reads(actor: Actor, agency_id: int) -> bool:
    """Say whether ``actor`` may read the reports of that agency."""
    return oversees(actor) or agency_id in reports_for(actor)
