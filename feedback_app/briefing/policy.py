"""Who may say what about a line of the brief: leaders and the coordinating offices, each within what is theirs."""

from collections.abc import Mapping

from feedback_app.accounts.actor import Actor, Function
from feedback_app.briefing.rules import Deed

READERS = (Function.LEADERSHIP, Function.PROVINCIAL_OFFICE, Function.FOCAL_POINT)
# a department among equals reminds and brings together; it does not have others directed or praised
SAYS: Mapping[Deed, tuple[Function, ...]] = {
    Deed.REMIND: READERS,
    Deed.CONVENE: READERS,
    Deed.DIRECT: (Function.LEADERSHIP,),  # Văn phòng UBND tỉnh writes the directive itself
    Deed.EXTEND: (Function.LEADERSHIP, Function.PROVINCIAL_OFFICE),
    Deed.COMMEND: (Function.LEADERSHIP, Function.PROVINCIAL_OFFICE),
}


def may(actor: Actor, deed: Deed) -> bool:
    """Say whether ``actor`` is one who may say this."""
    return actor.holds(*SAYS[deed])
