"""Who: the leaders, the coordinating offices and the Inspectorate see every agency, an agency sees its own."""

from feedback_app.accounts.actor import Actor, Function

OVERSEERS = (
    Function.LEADERSHIP,
    Function.FOCAL_POINT,
    Function.PROVINCIAL_OFFICE,
    Function.INSPECTOR,
)
# DDCI is carried out by the focal point with Văn phòng UBND tỉnh
RATING = (Function.LEADERSHIP, Function.FOCAL_POINT, Function.PROVINCIAL_OFFICE)
OF_AGENCY = (Function.OFFICER, Function.AGENCY_HEAD, Function.CLERK, *OVERSEERS)
READERS = frozenset({*OVERSEERS, *OF_AGENCY})


def oversees(actor: Actor) -> bool:
    """Say whether ``actor`` sees the signals of every agency."""
    return actor.holds(*OVERSEERS)


def compares(actor: Actor) -> bool:
    """Say whether ``actor`` sees the DDCI figures of every agency."""
    return actor.holds(*RATING)


def own(actor: Actor) -> frozenset[int]:
    """Return the agencies whose signals and figures ``actor`` sees as their own."""
    return actor.agency_ids(OF_AGENCY)
